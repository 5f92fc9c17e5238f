"""Wrong words are told but for their contexts; a list that cannot be right is refused by file, line and value."""

import time

import pytest

from govcrawl.records.errors import UserError
from govcrawl.texts.language import Language
from govcrawl.texts.reader import MOST_PLACES, Reader
from govcrawl.texts.word_lists import load_lists


def test_a_wrong_word_is_told_and_its_contexts_are_not(marks):
    assert [("typo", "按装", "安装"), ("typo", "部份", "部分")] == marks("抓紧按装设备，部份群众已受益。")
    assert [] == marks("办公按装备标准配备，按装卸量计费。")
    assert [("sensitive-word", "残废人", "残疾人")] == marks("关心残废人生活。")


def test_a_form_that_stands_often_is_one_mark_with_its_count(reader):
    (mark,) = reader.read("", "抓紧按装。按装完毕。", None).marks

    assert (2, 2) == (mark.count, mark.offset)


def test_a_page_of_nothing_but_faults_is_bounded_and_says_so(reader):
    began = time.monotonic()
    reading = reader.read("", "抓紧按装设备。" * 100_000, None)

    assert "crowded" == reading.state
    assert [MOST_PLACES] == [mark.count for mark in reading.marks]
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("wrong,right\n,安装\n", "line 2: wrong is empty"),
        ("wrong,right\n的,地\n", "line 2: wrong '的' is a single character"),
        ("wrong,right\n***,地\n", "line 2: wrong is '***', no word"),
        ("wrong,right\n按装,安装\n按装,按装置\n", "line 3: '按装' is to be '按装置', but '安装' in"),
        ("wrong,right\n甲乙,乙甲\n乙甲,甲乙\n", "which"),
        ("wrong,right\n甲乙,甲乙\n", "line 2: '甲乙' is to be itself"),
        ('wrong,right\n"按装,安装\n', "Close the quotes"),
        ("wrong,right\n按装,安装,,,,,,\n", "line 2: 8 values for 2 columns"),
        ("wrong,right,class\n按装,安装,重大\n", "class '重大' is none of"),
        ("错误写法,正确写法,例外\n按装,安装,装卸\n", "does not hold '按装'"),
        ("right\n安装\n", "no column wrong"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(tmp_path, content, told):
    (tmp_path / "wrong_words.csv").write_text(content, "utf-8")

    with pytest.raises(UserError, match=r"wrong_words\.csv") as refused:
        load_lists(tmp_path)
    assert told in str(refused.value)


def test_a_list_of_the_office_adds_to_the_starter_list_and_goes_before_it(tmp_path):
    (tmp_path / "wrong_words.csv").write_bytes(
        "错误写法,正确写法,例外\n岚山市,岚川市,\n安装,按装,\n".encode("gb18030")
    )
    lists = load_lists(tmp_path)
    reader = Reader(lists, lambda: Language({}))

    assert ["岚山市"] == [mark.observed for mark in reader.read("", "岚山市人民医院按装设备。", None).marks]
