"""The class of a section from its name, its tag and its entries; the labelled names say how often it is right."""

import csv
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from govcrawl.pages.sections.section_class import classify, title_shares
from govcrawl.registry.choices import SectionClass

HELD = Path(__file__).parent / "held_section_names.csv"
KNOWN = files("govcrawl.pages.sections") / "section_names.csv"
FLOOR = 0.95  # on the name alone; held names were written down before any result was seen, and nothing is tuned on them

NOTICES = ["关于开展检查的通知", "关于停水的公告", "拟表彰名单公示", "关于放假的通知", "关于征收土地的公告"]


def labelled(path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["class"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("part", [HELD, KNOWN], ids=["held", "known"])
def test_labelled_names_are_classed_right(part, capsys):
    names = labelled(part)
    wrong = [(name, wanted) for name, wanted in names if classify(name).section_class != wanted]
    sure = [name for name, _ in wrong if classify(name).confidence >= 0.8]
    right = 1 - len(wrong) / len(names)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{part.name}: {right:.1%} of {len(names)} names right, {len(sure)} wrong with confidence ≥ 0.8\n"
        )

    assert FLOOR <= right


def test_no_held_name_is_known():
    assert {name for name, _ in labelled(HELD)}.isdisjoint(name for name, _ in labelled(KNOWN))


def test_a_name_no_phrase_knows_is_classed_by_names_like_it_and_says_which():
    found = classify("跨市通办事项")

    assert "办事指南" == found.section_class
    assert any("相近" in reason or "含" in reason for reason in found.evidence)


def test_every_class_has_labelled_names():
    for part in (HELD, KNOWN):
        assert set(SectionClass) == {wanted for _, wanted in labelled(part)}


def test_every_row_of_the_table_is_of_a_class_of_the_registry():
    assert {classify(phrase).section_class for phrase in ("要闻", "公告", "文件")} <= set(SectionClass)


@pytest.mark.parametrize(
    ("name", "section_class"),
    [("规划解读", "政策解读"), ("直属单位动态", "动态要闻"), ("招聘公告", "人事信息"), ("停水公告", "通知公告"),
     ("规范性文件征求意见", "调查征集"), ("通知公告(就业创业)", "通知公告")],
)  # fmt: skip
def test_the_end_of_a_name_decides(name, section_class):
    assert section_class == classify(name).section_class


def test_a_name_that_is_a_phrase_is_surer_than_one_that_holds_it():
    assert (
        classify("通知公告").confidence
        > classify("县局通知公告栏").confidence
        > classify("甲乙丙").confidence
    )


def test_a_name_nobody_knows_is_other_and_unsure():
    found = classify("甲乙丙丁")

    assert "其他" == found.section_class
    assert found.confidence < 0.5


def test_an_agreeing_tag_raises_the_confidence_and_a_contradicting_one_lowers_it():
    assert classify("水务要闻", "动态要闻").confidence > classify("水务要闻").confidence
    assert "通知公告" == classify("通知公告", "工作动态").section_class
    assert classify("通知公告", "工作动态").confidence < classify("通知公告").confidence


def test_the_tag_classes_a_name_that_says_nothing():
    assert "政策文件" == classify("岚政发", "政策文件").section_class


def test_a_tag_of_another_word_says_nothing():
    assert classify("通知公告") == classify("通知公告", "10")


def test_what_a_section_stands_under_classes_a_name_that_says_nothing():
    assert "政策文件" == classify("综合类", parent="政策法规").section_class
    assert "其他" == classify("综合类", parent="政务公开").section_class


def test_entries_that_agree_raise_the_confidence_and_others_lower_it():
    news = ["全县召开推进会", "县领导调研项目", "我局开展活动", "县长走访慰问"]

    assert classify("通知公告", titles=NOTICES).confidence > classify("通知公告").confidence
    assert classify("新闻动态", titles=NOTICES).confidence < classify("新闻动态").confidence
    assert classify("新闻动态", titles=news).confidence > classify("新闻动态").confidence


def test_entries_class_a_name_that_says_nothing():
    found = classify("甲乙丙", titles=NOTICES)

    assert "通知公告" == found.section_class
    assert found.confidence < 0.7


def test_three_entries_prove_nothing():
    assert classify("新闻动态", titles=NOTICES[:3]) == classify("新闻动态")


def test_a_title_may_speak_for_several_classes():
    shares = title_shares(["关于公开招聘工作人员的公告"])

    assert 1.0 == shares["人事信息"] == shares["通知公告"]


def test_evidence_is_told_in_words_for_those_who_confirm():
    found = classify("县局通知公告", "动态要闻", NOTICES)

    assert all(found.evidence)
    assert any("通知公告" in words for words in found.evidence)


@pytest.mark.parametrize("name", ["会见", "家属汇款", "会展", "款待"])
def test_one_character_in_common_with_a_name_classes_nothing(name):
    assert "其他" == classify(name).section_class


def test_half_a_likeness_does_not_outweigh_a_phrase():
    assert "人事信息" != classify("教育经费管理").section_class
