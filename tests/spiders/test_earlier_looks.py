"""What was seen in the browser stands for some nights, and only where nothing speaks against it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from govcrawl.records.barrier_words import BarrierAspect
from govcrawl.records.items import BarrierTrial, ExaminedPage, Look, SearchAttempt, ServiceTrial
from govcrawl.records.runs import create_run
from govcrawl.spiders.earlier_looks import DRAWN_FOR_DAYS, EXAMINED_FOR_DAYS, EarlierLooks

DAY = date(2026, 11, 22)
SITE = "3400000001"
HOME = "http://www.a.gov.cn/"


def seen_on(data, day, *records):
    """A finished surroundings run of a day; return its id."""
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    run = create_run(
        data, kind="surroundings", as_of=day, registry_sha256="0" * 64, tasks=[SITE], started_at=at
    )
    writer = run.writer(SITE)
    for record in records:
        writer.write(record)
    writer.finish()
    run.seal("finished", at)
    return run.plan.run_id


def tonight(data, day=DAY):
    return EarlierLooks(data / "runs" / "tonight", day)


def home(*words, drawn="a", outcome="ok", same_as_run=None):
    looks = [
        Look(HOME, "home", "ok", rendered=False),
        Look(
            HOME,
            "home",
            outcome,
            rendered=True,
            seen=list(words),
            plain_sha256=drawn,
            same_as_run=same_as_run,
        ),
    ]
    return ServiceTrial(SITE, "2026-11-21T01:00:00", "none", looks=looks)


def searched(found, *, rendered=True, url=None):
    attempts = [
        SearchAttempt(f"标题{n}", HOME, url, "ok", 200, rendered=rendered, found=each)
        for n, each in enumerate(found)
    ]
    return ServiceTrial(SITE, "2026-11-21T01:00:00", "box", search_url=url, attempts=attempts)


@pytest.mark.parametrize(
    ("trial", "lacking", "plain", "stands"),
    [
        (home("accessibility", "footer"), {"accessibility"}, "b", True),  # it showed all of it
        (home("footer"), {"accessibility"}, "b", False),  # it did not, and the page is another
        (home("footer"), {"accessibility"}, "a", True),  # it did not, and the page is the same
        (home("footer"), {"accessibility"}, None, False),
        (home("footer", drawn=None), {"accessibility"}, None, False),  # written by the version before
        (home("search"), {"search"}, "a", False),  # to be tried, it must be drawn
        (home("assistant"), {"assistant"}, "a", False),
        (home("accessibility"), {"accessibility", "search"}, "a", True),
        (home("accessibility", outcome="timeout"), {"accessibility"}, "a", False),
        (home("accessibility", same_as_run="older"), {"accessibility"}, "a", False),
    ],
)
def test_a_look_stands_where_nothing_speaks_against_it(tmp_path, trial, lacking, plain, stands):
    run_id = seen_on(tmp_path, DAY - timedelta(days=1), trial)

    look = tonight(tmp_path).standing_look(SITE, "home", frozenset(lacking), plain)

    assert stands == (look is not None)
    assert look is None or (run_id, trial.looks[1].seen) == (look.same_as_run, look.seen)


def test_the_newest_look_speaks_and_none_longer_than_its_days(tmp_path):
    seen_on(tmp_path, DAY - timedelta(days=DRAWN_FOR_DAYS - 1), home("accessibility"))
    lacking = frozenset({"accessibility"})

    assert tonight(tmp_path).standing_look(SITE, "home", lacking, "z") is not None
    assert tonight(tmp_path).standing_look(SITE, "article", lacking, "a") is None
    assert tonight(tmp_path).standing_look("3400000002", "home", lacking, "a") is None
    assert tonight(tmp_path, DAY + timedelta(days=1)).standing_look(SITE, "home", lacking, "a") is None
    seen_on(tmp_path, DAY - timedelta(days=1), home("footer"))
    assert tonight(tmp_path).standing_look(SITE, "home", lacking, "z") is None


def test_a_day_that_is_crawled_anew_does_not_rest_on_itself(tmp_path):
    seen_on(tmp_path, DAY, home("accessibility"))

    assert tonight(tmp_path).standing_look(SITE, "home", frozenset({"accessibility"}), "a") is None


@pytest.mark.parametrize("torn", ["run.json", f"service_trial/{SITE}.jsonl"])
def test_a_damaged_folder_tells_nothing(tmp_path, torn):
    run_id = seen_on(tmp_path, DAY - timedelta(days=1), home("accessibility"))
    (tmp_path / "runs" / run_id / torn).write_text("{")

    assert tonight(tmp_path).standing_look(SITE, "home", frozenset({"accessibility"}), "a") is None


@pytest.mark.parametrize(
    ("trial", "stands"),
    [
        (searched([True, True]), True),
        (searched([True, False]), False),  # a fault is looked at every night
        (searched([True]), False),  # too few
        (searched([True, True], rendered=False), False),  # costs little, and is asked
        (searched([True, True], url="http://www.a.gov.cn/s"), False),  # another search
    ],
)
def test_a_search_stands_where_it_took_the_browser_and_found_everything(tmp_path, trial, stands):
    run_id = seen_on(tmp_path, DAY - timedelta(days=1), trial)

    attempts = tonight(tmp_path).standing_search(SITE, "box", None, 2)

    assert [run_id] * 2 * stands == [attempt.same_as_run for attempt in attempts]


def test_a_page_examined_whole_is_not_due_for_some_days(tmp_path):
    pages = [
        ExaminedPage(HOME, "home", "ok", 1.0, aspects=list(BarrierAspect)),
        ExaminedPage(f"{HOME}list", "list", "ok", 1.0, aspects=["language"]),  # its time was over
        ExaminedPage(f"{HOME}a", "article", "timeout", 1.0),
    ]
    seen_on(tmp_path, DAY - timedelta(days=1), BarrierTrial(SITE, "2026-11-21T01:00:00", 2.0, pages))

    last = DAY + timedelta(days=EXAMINED_FOR_DAYS - 2)
    assert (
        {HOME}
        == tonight(tmp_path).examined(SITE, len(BarrierAspect))
        == tonight(tmp_path, last).examined(SITE, len(BarrierAspect))
    )
    assert set() == tonight(tmp_path, last + timedelta(days=1)).examined(SITE, len(BarrierAspect))
