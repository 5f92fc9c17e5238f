"""What is private is told and shown masked only; what looks like it and is not stays silent."""

import pytest

ID = "341401199003074514"


def kinds(marks, text):
    return sorted(mark[1].split(" ")[0] for mark in marks(text) if mark[0] == "privacy-leak")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"钱某，身份证号{ID}，予以公示。", "居民身份证号"),
        (f"姓名\t证件号码\n钱某\t{ID[:6]} {ID[6:14]} {ID[14:]}", "居民身份证号"),
        (f"证件号１{ID[1:]}".replace("3", "３"), None),
        ("申请人李某，手机13955501234。", "手机号码"),
        ("姓名\t手机\n钱某\t13955501234", "手机号码"),
        (f"补助名单\n序号\t姓名\t单号\t证件号码\n1\t钱某\t12\t{ID}", "居民身份证号"),
        ("发放至银行卡6222021234567890128", "银行卡号"),
        ("护照号码：E12345678", "护照号码"),
        ("家庭住址：岚川市白藤区杏林路18号3栋502室", "家庭住址"),
    ],
)
def test_private_data_is_found_by_its_own_form(marks, text, kind):
    assert kind is None or [kind] == kinds(marks, text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：12340000485001234X",
        f"订单号：{ID}",
        f"受理编号{ID}",
        f"单位\t订单号\t数量\n岚川市某厂\t{ID}\t3\n\t{ID}\t4",
        "科室\t咨询电话\n宣传科\t13955501234",
        "身份证号341401********4514",
        "手机139****1234",
        "咨询电话：13955501234，12345，400-800-1234",
        "身份证号不予公开；咨询电话：13955501234、12345",
        "341401199013074514",
        "341401199003074515",
        "开户银行：工行岚川支行，账号：6222021234567890128，户名：岚川市财政局",
        "皖财〔2026〕13955501234号",
    ],
)
def test_numbers_of_offices_orders_and_enterprises_are_no_leak(marks, text):
    assert [] == kinds(marks, text)


def test_nothing_private_is_stored(reader):
    text = f"钱某（身份证{ID}，手机13955501234）抓紧按装设备。"
    told = str(reader.read("", text, None).marks)

    assert ID not in told
    assert "13955501234" not in told
    assert "341401**********14" in told
    assert "139****1234" in told


def test_a_resident_id_with_a_slip_is_no_finding_and_is_shown_masked_beside_one(reader):
    text = "钱某，身份证号341401199003074513，手机13812345678，住址略。"
    (mark,) = reader.read("", text, None).marks
    assert "手机号码 138****5678" == mark.observed
    assert "钱某，身份证号341401**********13，手机【138****5678】，住址略。" == mark.excerpt
