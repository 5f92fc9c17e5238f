"""Whatever absences become doubtful, a verdict moves towards unmeasured only."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.checks.shared.absence import NETS
from tests.analytics.judging.test_scoring import EDITION, judged, rows_of

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


@settings(max_examples=10)
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


def test_a_site_that_points_alone_fail_is_not_qualified_by_doubts_about_them() -> None:
    for_people = [
        row for row in EDITION.indicators if row.manual and row.part == "deduct" and row.scope != "account"
    ]
    lost = judged(
        EDITION,
        *[{"indicator_id": row.id, "state": "fail", "points": row.max_points} for row in for_people[:10]],
    )  # 38 points
    missing = {
        "footer-missing": [{"looked": 6, "failed": 6}],
        "tags-missing": [{"looked": 40, "failed": 40}],
        "ticket-entry-missing": [{"category": "首页", "failed": 1}, {"category": "其他页面", "failed": 1}],
    }
    in_doubt = {
        check: [row | {"failed": 0, "awaiting": row["failed"]} for row in rows]
        for check, rows in missing.items()
    }
    verdicts = [rows_of(rows, judgements=lost).sites["verdict"].iloc[0] for rows in (missing, in_doubt, {})]
    assert verdicts == ["unqualified", "unmeasured", "qualified"]
