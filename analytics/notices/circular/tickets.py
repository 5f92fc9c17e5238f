"""The tickets of 我为政府网站找错 in a circular, as far as the office imported them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.notices.circular.inspection import InspectedRows
    from analytics.notices.traced_figures import Figure


@dataclass(frozen=True, slots=True)
class Tickets:
    """我为政府网站找错, as far as the office imported the tickets."""

    received: Figure
    answered: Figure
    overdue: Figure | None  # where the edition looks at their terms
    pending: Figure | None  # open and within their term
    on_time_rate: Figure | None  # None too where none was answered or is overdue yet
    all_overdue: Figure | None  # whenever received; part two speaks of these, and this part of the period


def count_tickets(inspection: InspectedRows) -> Tickets | None:
    """Those of the period; None where the office imported none at all."""
    start, end = inspection.material.period
    if not inspection.rows("tickets_registered").frame["tickets"].sum():
        return None
    rows = inspection.figures.rows(
        "tickets_received", since=start, until=end, assessment_id=inspection.results.assessment_id
    )
    received = inspection.figures.count("tickets", "期内收到的找错留言", rows)
    answered = inspection.figures.count("tickets-answered", "其中已办结", rows, {"answered": True})
    if not received or "ticket-overdue" not in inspection.edition.check_ids():
        return Tickets(received, answered, None, None, None, None)
    count = inspection.figures.count
    decided = count("tickets-decided", "其中已办结或已超期", rows, {"decided": True})
    on_time = count("tickets-on-time", "其中按期办结", rows, {"decided": True, "overdue": False})
    return Tickets(
        received,
        answered,
        overdue=count("tickets-overdue", "其中超期", rows, {"overdue": True}),
        pending=count("tickets-pending", "其中尚在办理期限内", rows, {"decided": False}),
        on_time_rate=inspection.figures.rate("tickets-rate", "按期办结率", on_time, decided)
        if decided
        else None,
        all_overdue=count(
            "tickets-all-overdue",
            "超期的留言，不限收到日期",
            inspection.findings,
            {"check_id": "ticket-overdue"},
        ),
    )
