"""How the superior's documents were reposted: the share in time (转载率) among those that a list shows as reposted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.notices.circular.inspection import InspectedRows
    from analytics.notices.traced_figures import Figure

ASKED_BY = "repost-late"  # the check whose rows these are


@dataclass(frozen=True, slots=True)
class Reposts:
    total: Figure
    sites: Figure
    in_time: Figure
    rate: Figure | None  # None where the printed times decide of none
    undecided: Figure
    hours: int


def count_reposts(inspection: InspectedRows) -> Reposts | None:
    """None where the rules ask nothing of reposts, the scope leaves them out, or none was met."""
    if ASKED_BY not in inspection.scope.get("check_id", inspection.edition.check_ids()):
        return None
    rows = inspection.of_draw("reposts_of_assessment")
    if rows.frame.empty:
        return None
    count = inspection.figures.count
    in_time = count("reposts-in-time", "其中按时转载", rows, {"in_time": True})
    decided = count("reposts-decided", "其中能够判断是否按时", rows, {"in_time": (True, False)})
    return Reposts(
        total=count("reposts", "转载上级文件", rows),
        sites=count("reposts-sites", "转载上级文件的网站", rows, different="site_code"),
        in_time=in_time,
        rate=inspection.figures.rate(
            "reposts-rate", "转载率（按时转载数除以能够判断的转载数）", in_time, decided
        )
        if decided
        else None,
        undecided=count("reposts-undecided", "其中不能判断是否按时", rows, {"in_time": None}),
        hours=int(rows.frame["hours"].iloc[0]),
    )
