"""The rows behind the share of reposts in time."""

import pandas as pd

from analytics.checks.shared.reposts import pairs
from analytics.judging.repost_rows import COLUMNS, rows_of

PORTAL, SITE = "6500000009", "6500000001"
SUPERIORS = pd.DataFrame(
    [{"site_code": SITE, "superior_code": PORTAL, "superior_name": "某省人民政府", "superior_unit": "某省人民政府办公厅"}]
)  # fmt: skip


def entry(code: str, number: int, at: str) -> dict[str, object]:
    title = f"某省人民政府关于印发《某省养犬管理办法第{number}号》的通知"
    return {
        "site_code": code, "url": f"http://{code}.gov.cn/{number}.html", "title": title, "published_on": pd.Timestamp(at[:10]),
        "is_document": True, "published_at": at if "T" in at else None, "source": None, "doc_number": None, "run_id": "r",
        "body_sha256": None,
    }  # fmt: skip


def test_each_repost_is_a_row_and_what_the_printed_times_leave_open_is_neither_late_nor_in_time():
    times = [
        ("2026-11-02T10:00", "2026-11-02T12:00"),
        ("2026-11-02T10:00", "2026-11-05T12:00"),
        ("2026-11-02T10:00", "2026-11-03"),
    ]
    entries = pd.DataFrame(
        [entry(code, number, at) for number, both in enumerate(times) for code, at in zip((PORTAL, SITE), both, strict=True)]
        + [entry(PORTAL, 9, "2026-11-02")]  # never reposted: in no row
    )  # fmt: skip
    rows = rows_of(pairs(SUPERIORS, entries, 24), 24)

    assert list(COLUMNS) == list(rows.columns)
    assert [False, True, None] == rows["late"].tolist()
    assert [(one, other) for other, one in times] == list(
        zip(rows["printed"], rows["superior_printed"], strict=True)
    )
    assert {24} == set(rows["hours"])
