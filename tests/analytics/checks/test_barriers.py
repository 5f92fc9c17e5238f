"""What an examination in the browser says of a site, from the records of a run to the answer of each check."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from analytics.checks import accessibility_barrier, accessibility_idle
from analytics.editions.chosen import load_edition
from analytics.words.phrases import BARRIER
from govcrawl.network.barriers import RULES
from govcrawl.records.items import Barrier, BarrierTrial, ExaminedPage
from govcrawl.registry import Registry, Site
from tests.analytics.frames import TODAY
from tests.warehouse.folders import BUREAU, HOME, PORTAL, iso, page, site_visit

EDITION = load_edition("inspection-2026")
ASPECTS = ["alternative", "label", "language", "keyboard", "contrast"]
PICTURE = Barrier("alternative", "image-alt", 3, ['<img src="/a.png">'])


def examined(*barriers: Barrier, site=PORTAL, kind="home", **facts) -> ExaminedPage:
    url = HOME[site] if kind == "home" else f"{HOME[site]}{kind}/"
    given = {"url": url, "kind": kind, "outcome": "ok", "browser_s": 0.6, "aspects": ASPECTS}
    return ExaminedPage(**(given | facts), barriers=list(barriers))


@pytest.fixture
def judged(folders, published):
    """Writes the examinations of the portal, day by day, and judges the last day."""

    def judge(check, trials: dict[date, list[ExaminedPage]]):
        folders.registry = Registry(
            sites=tuple(
                Site(code, code, HOME[code], "办公室", "650000", "市", "部门") for code in (PORTAL, BUREAU)
            )
        )
        for day, pages in trials.items():
            spent = sum(page.browser_s for page in pages)
            folders.run(
                "surroundings",
                BarrierTrial(PORTAL, iso(day, 5), spent, pages),
                day=day,
                hour=5,
            )
        name = check.__name__.rpartition(".")[2].replace("_", "-")
        return check.run(published(), TODAY, EDITION.params[name])

    return judge


def test_each_aspect_has_its_rules_its_words_and_its_clause():
    clauses = {field.name for field in fields(accessibility_barrier.Params)} - {"days"}

    assert set(RULES) == set(BARRIER) == clauses == set(ASPECTS)


def test_a_barrier_is_one_candidate_a_page_and_aspect_with_its_clause(judged):
    label = Barrier("label", "label", 1, ["<input name=q>"])
    link = Barrier("label", "link-name", 2, ["<a href=/x></a>"])
    answer = judged(accessibility_barrier, {TODAY: [examined(PICTURE, label, link), examined(kind="list")]})
    found = answer.findings.sort_values("observed", ignore_index=True)

    assert ["图片等非文本内容没有替代文本3处", "控件、链接没有名称3处"] == sorted(found["observed"])
    assert {"awaiting"} == set(found["state"])
    assert all(each.startswith("符合GB/T 37668—2019 ") and "待核对" in each for each in found["expected"])
    assert any(
        '"rules":"label、link-name"' in each and "<input name=q>" in each for each in found["evidence"]
    )
    assert {PORTAL: (2, 1, 0), BUREAU: (0, 0, 1)} == {
        row.site_code: (row.looked, row.failed, row.unmeasured) for row in answer.measured.itertuples()
    }
    assert not answer.measured["proves_absence"].any()


def test_the_newest_examination_of_each_page_speaks_for_a_week(judged):
    yesterday, long_ago = TODAY - timedelta(days=1), TODAY - timedelta(days=7)
    answer = judged(
        accessibility_barrier,
        {
            long_ago: [examined(PICTURE, kind="article")],
            yesterday: [examined(PICTURE), examined(PICTURE, kind="list")],
            TODAY: [examined()],
        },
    )

    assert [f"{HOME[PORTAL]}list/"] == list(answer.findings["subject_url"])
    assert [f"{HOME[PORTAL]}list/"] == list(answer.doubtful["subject_url"])


def test_an_examination_out_of_time_leaves_what_was_seen_of_the_other_aspects(judged):
    pale = Barrier("contrast", "color-contrast", 2, ["<p>"])
    brief = examined(aspects=[aspect for aspect in ASPECTS if aspect != "contrast"])
    answer = judged(
        accessibility_barrier, {TODAY - timedelta(days=1): [examined(PICTURE, pale)], TODAY: [brief]}
    )

    assert ["文字与背景对比度不足2处"] == list(answer.findings["observed"])
    assert [HOME[PORTAL]] == list(answer.doubtful["subject_url"])


def test_a_page_the_visit_read_and_nobody_examined_tonight_keeps_its_fault(judged, folders):
    article = f"{HOME[PORTAL]}article/"
    folders.run("visit", page(PORTAL, "article/", kind="article", read_state="read"), site_visit(PORTAL))
    answer = judged(accessibility_barrier, {TODAY: [examined()]})

    assert [article] == list(answer.doubtful["subject_url"])


def test_what_could_not_be_examined_tonight_leaves_what_was_seen_before(judged):
    spent = examined(outcome="budget_spent", aspects=[])
    answer = judged(accessibility_barrier, {TODAY - timedelta(days=2): [examined(PICTURE)], TODAY: [spent]})

    assert [HOME[PORTAL]] == list(answer.findings["subject_url"])


@pytest.mark.parametrize(
    ("entry", "found", "unmeasured"),
    [("idle", 1, 0), ("works", 0, 0), ("link", 0, 0), ("unsure", 0, 1), ("none", 0, 1)],
)
def test_only_an_entry_that_did_nothing_is_a_candidate(judged, entry, found, unmeasured):
    answer = judged(accessibility_idle, {TODAY: [examined(entry=entry, entry_text="长者模式")]})
    portal = answer.measured.set_index("site_code").loc[PORTAL]

    assert (found, unmeasured) == (len(answer.findings), portal["unmeasured"])
    assert {"awaiting"} >= set(answer.findings["state"])
    assert all("“长者模式”入口点击后没有反应" in each for each in answer.findings["observed"])


def test_a_site_nobody_examined_is_unmeasured(judged):
    for check in (accessibility_barrier, accessibility_idle):
        answer = judged(check, {TODAY: []})

        assert answer.findings.empty
        assert [1, 1] == list(answer.measured["unmeasured"])
