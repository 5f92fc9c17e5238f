"""Whatever absences become doubtful, a verdict moves towards unmeasured only."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.checks.shared.absence import NETS
from tests.analytics.judging.test_scoring import EDITION, rows_of

CHECKS = (
    "section-stale",
    "section-blank",
    "home-stale",
    "footer-missing",
    "entry-undated",
    "ticket-entry-missing",
    "tags-missing",
)
CATEGORY = {
    "section-stale": "动态要闻·一级",
    "section-blank": "动态要闻·一级",
    "ticket-entry-missing": "首页",
    "tags-missing": "内容页",
}


def verdict(failed: dict[str, int], doubtful: dict[str, int]) -> str:
    rows = {
        check: [
            {
                "category": CATEGORY.get(check, ""),
                "looked": 40,
                "failed": failed[check] - doubtful[check],
                "awaiting": doubtful[check],
            }
        ]
        for check in CHECKS
    }
    return str(rows_of(rows).sites["verdict"].iloc[0])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    failed=st.fixed_dictionaries({check: st.integers(0, 12) for check in CHECKS}),
    shares=st.fixed_dictionaries({check: st.floats(0, 1) for check in CHECKS}),
)
def test_doubts_never_qualify_a_failing_site_nor_fail_a_sound_one(
    failed: dict[str, int], shares: dict[str, float]
) -> None:
    assert NETS.keys() >= set(CHECKS)
    doubtful = {check: round(failed[check] * shares[check]) for check in CHECKS}
    sure = verdict(failed, dict.fromkeys(CHECKS, 0))
    assert verdict(failed, doubtful) in {sure, "unmeasured"}
    assert "date-backdated" in EDITION.confirm_first
