"""Names that are nearly right are told with the right one; what is a name or a word of its own is left alone."""

from time import process_time

import pytest


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("国家发展和改格委员会", "国家发展和改革委员会"),
        ("住房和城乡建没部", "住房和城乡建设部"),
        ("中华民人共和国财政部", "中华人民共和国财政部"),
        ("中华人民共共和国国务院", "中华人民共和国国务院"),
        ("内蒙古自制区", "内蒙古自治区"),
        ("习进平新时代中国特色社会主义思想", "习近平新时代中国特色社会主义思想"),
        ("维吾儿族", "维吾尔族"),
        ("市委书纪", "市委书记"),
    ],
)
def test_a_name_off_by_one_character_is_a_misstatement(marks, written, right):
    assert [("misstatement", written, right)] == marks(f"会议传达了{written}的有关要求。")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("中华人民共和国行政诉松法", "中华人民共和国行政诉讼法"),
        ("行政处罚罚法", "行政处罚法"),
        ("政府信息公条开例", "政府信息公开条例"),
    ],
)
def test_the_title_of_a_law_is_held_against_the_list(marks, written, right):
    found = marks(f"依据《{written}》有关规定办理。")

    assert [("misstatement", written)] == [mark[:2] for mark in found]
    assert found[0][2].endswith(right.removeprefix("中华人民共和国"))


def test_a_county_is_known_by_what_it_lies_in(marks):
    assert [("misstatement", "余航区", "余杭区")] == marks("该公司位于浙江省杭州市余航区文一西路。")
    assert [] == marks("该公司位于浙江省杭州市余杭区文一西路。")


@pytest.mark.parametrize(
    "text",
    [
        "上级人民法院、下级人民法院和各级人民政府由人民政府批准。",
        "保护生态环境和自然资源和森林。",
        "依据《陕西省大气污染防治条例》和《山西省大气污染防治条例》。",
        "上海是中国经济的增长极，北京事业单位公开招聘。",
        "环境保护部门和公安机关应当配合。",
        "中华人民共和国司法机关依法办理。",
        "依据《中华人民共和国招标投标法》《中华人民共和国招标投标法实施条例》。",
        "全国卫生健康系统和国家卫生健康委员会。",
    ],
)
def test_what_is_usage_or_another_name_is_left_alone(marks, text):
    assert [] == marks(text)


def test_a_replaced_name_is_wrong_only_in_a_newer_text(marks):
    text = "请向环境保护部报送材料。"

    assert [("misstatement", "环境保护部", "生态环境部")] == marks(text, "2020-05-01")
    assert [] == marks(text, "2017-05-01")
    assert [] == marks(text, None)
    assert [] == marks("原环境保护部印发的办法继续有效。", "2020-05-01")
    assert [] == marks("2015年，环境保护部开展了检查。", "2020-05-01")


@pytest.mark.parametrize(
    "text",
    [
        "国家发展 和 改 格委员会",
        "国家发展和\u200b改格委员会",
        "國家發展和改格委員會",
        "国家发展和改格\u3000委员会",
    ],
)
def test_blanks_unseen_characters_and_traditional_forms_hide_nothing(reader, text):
    (mark,) = reader.read("", f"由{text}牵头。", None).marks

    assert "国家发展和改革委员会" == mark.expected
    assert text == f"由{text}牵头。"[mark.offset : mark.offset + len(mark.observed)]
    assert f"由【{text}】牵头。" == mark.excerpt


@pytest.mark.parametrize("unit", ["习近平总书纪", "手机13912345678 ", "各级人民法完"])
def test_a_page_of_nothing_but_hits_takes_no_more_than_its_length(reader, unit):
    began = process_time()
    reading = reader.read("", unit * 30_000, "2026-03-18")

    assert reading.state in ("read", "crowded")
    assert process_time() - began < 20  # 0.6 to 3 s; with the square of the hits it was more than a minute
