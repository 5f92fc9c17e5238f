from datetime import timedelta

import pandas as pd
import pytest

from analytics.checks import site_unreachable
from analytics.checks.site_unreachable import Params
from tests.analytics.frames import SITE, TODAY, frame, sites
from tests.warehouse.folders import PORTAL, iso, page, probe, site_visit

RULE = Params(days=7, attempts_per_day=20, slow_after_s=15, fail_share_percent=5)


def week(failed: dict[int, int] | None = None, attempts: dict[int, int] | None = None) -> pd.DataFrame:
    """Eight days of 20 attempts up to today; `failed` and `attempts` by days back."""
    rows = [
        {
            "site_code": SITE,
            "probed_on": pd.Timestamp(TODAY - timedelta(days=back)),
            "attempts": (attempts or {}).get(back, 20),
            "failed": (failed or {}).get(back, 0),
            "not_counted": 20 - min(20, (attempts or {}).get(back, 20)),
            "of_certificate": 0,
            "failed_as": "timeout" if (failed or {}).get(back) else None,
            "run_id": f"run-{8 - back}",
        }
        for back in range(7, -1, -1)
    ]
    return frame("site_code probed_on attempts failed not_counted of_certificate failed_as run_id", *rows)


def judged(days: pd.DataFrame):
    return site_unreachable.judge(sites(), days, TODAY, RULE)


def counts(answer) -> list[tuple]:
    return [
        *answer.measured[["category", "looked", "failed", "unmeasured"]].itertuples(index=False, name=None)
    ]


def test_seven_of_140_is_exactly_five_per_cent_and_fails():
    answer = judged(week(failed={3: 7}))

    assert ["site-unreachable"] == list(answer.findings["check_id"])
    assert "探测140次" in answer.findings["observed"][0]
    assert "占5.00%" in answer.findings["observed"][0]
    assert "访问超时" in answer.findings["observed"][0]
    assert [f"http://www.{SITE}.gov.cn/"] == list(answer.findings["subject_url"])


def test_six_of_140_passes():
    answer = judged(week(failed={3: 6}))

    assert answer.findings.empty
    assert [("探测", 140, 6, 0), ("网站", 1, 0, 0)] == counts(answer)


def test_the_latest_whole_week_is_judged():
    assert judged(week(failed={7: 20})).findings.empty, "the day before the week says nothing"
    assert not judged(week(failed={0: 7})).findings.empty, "today belongs to the week when it is whole"


def test_a_day_still_short_of_attempts_moves_the_week_back_a_day():
    assert 1 == len(judged(week(failed={7: 7}, attempts={0: 3})).findings)
    assert judged(week(failed={0: 3}, attempts={0: 3})).findings.empty


@pytest.mark.parametrize("short", [1, 4, 6])
def test_too_few_attempts_are_unmeasured_however_bad_they_are(short):
    answer = judged(week(failed=dict.fromkeys(range(8), 19), attempts={short: 19}))

    assert answer.findings.empty
    assert [("探测", 139, 0, 139), ("网站", 1, 0, 1)] == counts(answer)
    assert "有效探测139次" in answer.measured["reason"][0]
    assert "1次被拦截" in answer.measured["reason"][0]
    assert [SITE] == list(answer.doubtful["site_code"])


def test_a_site_never_probed_is_unmeasured():
    answer = judged(week().iloc[:0])

    assert [("探测", 0, 0, 0), ("网站", 1, 0, 1)] == counts(answer)
    assert "有效探测0次" in answer.measured["reason"][0]


def test_blocked_rounds_count_neither_as_attempt_nor_as_failure_and_slow_ones_fail(folders, published):
    for back in range(8):
        day = TODAY - timedelta(days=back)
        rounds = [probe(PORTAL, iso(day, hour)) for hour in range(16)] * 2
        rounds = [
            *rounds[:20],
            probe(PORTAL, iso(day, 3), "blocked"),
            probe(PORTAL, iso(day, 4), "robots_denied"),
        ]
        rounds[10].elapsed_s = 15.0
        folders.run("availability", *rounds, day=day, hour=1, purpose="round")
        nightly = [probe(PORTAL, iso(day, 5), "refused", "nightly") for _ in range(20)]
        folders.run("availability", *nightly, day=day, hour=5)
    folders.run("site", page(PORTAL), site_visit(PORTAL), hour=3)

    answer = site_unreachable.run(published(), TODAY, RULE)
    found = answer.findings[answer.findings["site_code"] == PORTAL]
    assert "探测140次,超过(含)15秒或打不开7次,占5.00%(打开时间超过限值)" in found["observed"].iloc[0]


def test_attempts_that_ended_at_a_bad_certificate_count_there_and_not_here():
    days = week(failed=dict.fromkeys(range(8), 25)).assign(tls_failed=25, failed_as="tls_error timeout")
    spared = site_unreachable.without_certificates(days, days["site_code"])
    answer = site_unreachable.judge(sites(), spared, TODAY, RULE)

    assert answer.findings.empty
    assert "次因安全证书无效,计入证书问题" in answer.measured["reason"][0]
    assert {"timeout"} == set(spared["failed_as"])
    broken = site_unreachable.without_certificates(days, days["site_code"].iloc[:0])
    assert 1 == len(site_unreachable.judge(sites(), broken, TODAY, RULE).findings)
