"""The place of a fault is found again on its page, blanks and masks aside, and shown without whose number it is."""

import pytest

from analytics.review.evidence import Evidence, _place
from analytics.words.marked_words import marked_words, pattern_of

FINDING = {"subject_url": "http://www.lanchuan.gov.cn/a.html", "origin_url": None}


@pytest.mark.parametrize(
    ("excerpt", "markup", "found"),
    [
        ("请【按装】到位。", "<p>请认真<b>按</b></p><p>请按装到位。</p>", "请按装到位。"),
        ("请【按装】到位。", "<p>请<b>按装</b>到位。</p>", "请<b>按装</b>到位。"),
        ("对【残 废 人】家庭", "<p>对残　废&#8203;人家庭</p>", "对残　废&#8203;人家庭"),
        ("对【残 废 人】家庭", "<p>对残  废\n人家庭</p>", "对残  废\n人家庭"),
        (
            "【341401**********14】 钱某某",
            "<td>341401199003074514</td><td>钱某某</td>",
            "341401199003074514</td><td>钱某某",
        ),
        ("请【按装】到位。", "<p>请安装到位。</p>", None),
    ],
)
def test_the_marked_words_are_found_in_the_markup(excerpt, markup, found):
    start, length = _place(markup, FINDING, {"excerpt": excerpt})

    assert found == (markup[start : start + length] if start >= 0 else None)


def test_the_place_is_shown_and_the_number_is_not():
    markup = "<p>姓名：钱某某，身份证号：341401199003074514，住址略，电话：13812345678</p>"
    facts = {"excerpt": "身份证号：【341401**********14】"}
    shown = Evidence(FINDING, facts, None, markup, *_place(markup, FINDING, facts), 0)

    assert "身份证号：341401**********14】，住址略，电话：138****5678" in shown.excerpt.replace("【", "")
    assert "【" in shown.excerpt


def test_what_looks_like_a_pattern_is_none():
    (_, word, *_) = marked_words({"excerpt": "见【a.b*c(】。"})

    assert pattern_of(word).fullmatch("a.b*c(")
    assert not pattern_of(word).fullmatch("axbbc(")
