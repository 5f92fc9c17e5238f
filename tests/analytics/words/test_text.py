"""Hostile text and official dates as a document shows them."""

from datetime import date

import pytest

from analytics.words.text import chinese_date, chinese_numeral, defanged, shown, typeset


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_headings_are_numbered_in_chinese(number, numeral):
    assert numeral == chinese_numeral(number)


def test_a_heading_beyond_ninety_nine_is_an_error():
    with pytest.raises(ValueError, match="100"):
        chinese_numeral(100)


def test_a_date_has_no_leading_zeros():
    assert "2024年6月4日" == chinese_date(date(2024, 6, 4))


def test_marks_that_reorder_or_hide_text_are_not_shown():
    assert "safe evil .exe" == shown("safe\u202eevil\u200b.exe\x00")


def test_long_text_is_cut_visibly():
    assert "一二三…" == shown("一二三四五六", 4)
    assert 160 == len(shown("长" * 10_000))


def test_nothing_is_shown_as_nothing():
    assert "" == shown(None)


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("https://bad.example/a", "hxxps://bad[.]example/a"),
        ("隐藏链接HTTP://Bad.Example/x.html，占5.00%", "隐藏链接HXXP://Bad[.]Example/x[.]html，占5.00%"),
        ("见www.bad-site.com/a?b=1.5", "见www[.]bad-site[.]com/a?b=1[.]5"),
        ("2026年共3.5个", "2026年共3.5个"),
    ],
)
def test_a_spam_address_cannot_be_followed(text, harmless):
    assert harmless == defanged(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("超过(含)15秒,占5.00%", "超过\uff08含\uff0915秒\uff0c占5.00%"),
        ("服务器内部错误(HTTP 503)", "服务器内部错误\uff08HTTP 503\uff09"),
        ("http://a.example/?q=1,2", "http://a.example/?q=1,2"),
        ("多余的)括号(", "多余的\uff09括号\uff08"),
    ],
)
def test_our_sentences_get_full_width_marks_and_addresses_do_not(typed, printed):
    assert printed == typeset(typed)
