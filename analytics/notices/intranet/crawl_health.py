"""The state of the crawl, for the data team: runs, outcomes, hosts that refuse us, spent budgets, precision of checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from analytics.figures.rates import Rate
from analytics.notices.results import records
from analytics.words.of_checks import check_words
from analytics.words.phrases import OUTCOMES, READ_STATES
from analytics.words.text import chinese_moment
from analytics.words.wording import wording
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import FinishReason, LeftOut, ReadState

if TYPE_CHECKING:
    import pandas as pd

    from analytics.notices.intranet.night_status import NightStatus
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

NIGHTS = 14
HOSTS = 50
THINGS = ("home pages", "sections", "pages", "link targets")


@dataclass(frozen=True, slots=True)
class CrawlHealth:
    night: NightStatus
    runs: list[dict[str, Any]]
    outcomes: list[tuple[str, tuple[int, ...]]]  # phrase, and how many of each of THINGS
    hosts: list[dict[str, Any]]
    cut_short: list[dict[str, Any]]
    precision: list[dict[str, Any]]  # of the checks whose faults people have looked at


def read_crawl_health(snapshot: Snapshot, results: Results, night: NightStatus) -> CrawlHealth:
    """Facts of the last nights up to the assessed day."""
    names = results.sites[["site_code", "name"]]
    hosts = snapshot.query("hosts_not_let_in", as_of=results.as_of, at_most=HOSTS).merge(
        names, on="site_code", how="left"
    )
    cut_short = snapshot.query("visits_cut_short", as_of=results.as_of).merge(
        names, on="site_code", how="left"
    )
    return CrawlHealth(
        night=night,
        runs=[
            row
            | {
                "took": _took(row["took_s"]),
                "started": _started(row["started_at"]),
                "is_whole": row["finish_reason"] == FinishReason.FINISHED,
            }
            for row in records(snapshot.query("nightly_runs", as_of=results.as_of, nights=NIGHTS))
        ],
        outcomes=_outcomes(snapshot.query("night_outcomes", as_of=results.as_of)),
        hosts=[row | {"outcome": OUTCOMES[row["outcome"]]} for row in records(hosts)],
        cut_short=[
            row
            | {
                "home": OUTCOMES[row["home_outcome"]],
                "left": {_why(word): number for word, number in dict(row["not_visited"]).items()},
            }
            for row in records(cut_short)
        ],
        precision=[
            row
            | {
                "check": check_words(row["check_id"])["title"],
                "right": Rate(row["confirmed"], row["confirmed"] + row["dismissed"]).printed(1),
            }
            for row in records(snapshot.query("check_precision"))
        ],
    )


def _started(at: pd.Timestamp) -> str:
    """An instant (UTC) as civil time in China."""
    return chinese_moment(at + timedelta(hours=8))


def _took(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"


def _outcomes(night: pd.DataFrame) -> list[tuple[str, tuple[int, ...]]]:
    """One row per outcome that occurred, in the order of the vocabulary."""
    numbers = night.pivot_table(
        index="outcome", columns="things", values="number", aggfunc="sum", fill_value=0
    )
    return [
        (
            OUTCOMES[word],
            tuple(int(numbers[thing].get(word, 0)) if thing in numbers else 0 for thing in THINGS),
        )
        for word in Outcome
        if word in numbers.index
    ]


def _why(word: str) -> str:
    """Why an address was not requested, or its outcome instead of a page that was read."""
    if word in set(LeftOut):
        return str(wording()["left_out"][word])
    return str(READ_STATES[word] if word in set(ReadState) else OUTCOMES[word])
