"""Frames as the queries give them, with the snapshot's types, from a few plain values."""

from datetime import date

import pandas as pd

TODAY = date(2026, 11, 22)
SITE = "6500000001"

TYPES = {
    **dict.fromkeys(
        ("alike", "entries", "undated", "undated_read", "unread", "unread_pages", "update_days"), "Int64"
    ),
    **dict.fromkeys(
        ("attempts", "failed", "not_counted", "of_certificate", "targets", "status", "origins", "pages_read"),
        "Int64",
    ),
    **dict.fromkeys(("complete", "confirmed", "on_home", "navigation_only", "opened"), "boolean"),
    **dict.fromkeys(("read", "answered", "is_document"), "boolean"),
    **dict.fromkeys(("channels", "sections", "links"), "Int64"),
    **dict.fromkeys(("guide_elements", "related", "interpreter", "doubts"), "object"),
    **dict.fromkeys(("opens_on", "closes_on"), "datetime64[us]"),
    **dict.fromkeys(("has_services", "has_site_tags", "has_column_tags", "has_content_tags"), "boolean"),
    **dict.fromkeys(
        (
            "last_entry_on",
            "last_line_on",
            "possible_on",
            "probed_on",
            "earlier_on",
            "fetched_at",
            "published_on",
        ),
        "datetime64[us]",
    ),
    **dict.fromkeys(("received_on", "answered_on"), "datetime64[us]"),
    "items": "object",
}


def frame(columns: str, *rows: dict) -> pd.DataFrame:
    """A frame with these columns; what a row does not give is missing."""
    names = columns.split()
    values = pd.DataFrame(list(rows), columns=names)
    return values.astype({name: TYPES.get(name, "str") for name in names})


def sites(*codes: str, **facts) -> pd.DataFrame:
    rows = [
        {
            "site_code": code,
            "home_url": f"http://www.{code}.gov.cn/",
            "level": "县",
            "kind": "门户",
            "has_services": True,
        }
        | facts
        for code in codes or (SITE,)
    ]
    return frame("site_code home_url level kind has_services", *rows)


def measured(check_rows: dict[str, list[dict]]) -> dict[str, pd.DataFrame]:
    """`findings.COUNTED` frames by check; a row says only what differs from a clean, complete measurement."""
    clean = {
        "site_code": SITE,
        "category": "",
        "looked": 1,
        "failed": 0,
        "unmeasured": 0,
        "complete": True,
        "proves_absence": True,
        "reason": "",
        "awaiting": 0,
    }
    return {
        check: pd.DataFrame([clean | row for row in rows], columns=list(clean))
        for check, rows in check_rows.items()
    }
