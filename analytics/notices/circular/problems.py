"""The problems of a circular, group by group, with examples that name site and page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.results import records
from analytics.words.of_checks import (
    VETO_CHECKS_FIRST,
    check_words,
    is_spam,
    observed_words,
)
from analytics.words.text import shown
from analytics.words.wording import wording
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analytics.notices.circular.inspection import InspectedRows
    from analytics.notices.traced_figures import Figure


EXAMPLES_A_GROUP = 5
LONGEST_EXAMPLE = 90  # characters; a longer one is named without what was seen
WHOLE = 10_000  # no limit
UNREADABLE = "mojibake"


@dataclass(frozen=True, slots=True)
class Problem:
    """All faults of one group: how many of which check, on how many sites and accounts, with named examples."""

    title: str
    sites: Figure
    accounts: Figure
    counts: list[tuple[str, Figure, str]]  # check title, findings, counting word
    examples: list[dict[str, Any]]


def problems(inspection: InspectedRows) -> list[Problem]:
    """The groups that have faults, in the order of the vocabulary."""
    words, found = wording(), []
    reported = inspection.findings.where(inspection.scope)
    groups = reported["check_id"].map(lambda check: check_words(check)["group"])
    for group in words["groups"]:
        rows = reported[groups == group]
        if rows.empty:
            continue
        numbers = rows["check_id"].value_counts()
        checks = sorted(numbers.index, key=lambda c: (c not in VETO_CHECKS_FIRST, -int(numbers[c]), c))
        found.append(
            Problem(
                title=words["group_title"][group],
                sites=inspection.figures.count(
                    f"sites-{group}",
                    f"存在“{words['group_title'][group]}”问题的网站",
                    inspection.findings,
                    {"check_id": tuple(checks), "whose": "site"},
                    different="owner",
                ),
                accounts=inspection.figures.count(
                    f"accounts-{group}",
                    f"存在“{words['group_title'][group]}”问题的政务新媒体账号",
                    inspection.findings,
                    {"check_id": tuple(checks), "whose": "account"},
                    different="owner",
                ),
                counts=[_problem(inspection, check) for check in checks],
                examples=examples_of(rows),
            )
        )
    return found


def _problem(inspection: InspectedRows, check: str) -> tuple[str, Figure, str]:
    words = check_words(check)
    figure = inspection.figures.count(
        f"check-{check}", words["title"], inspection.findings, {"check_id": check}
    )
    return words["title"], figure, words["unit"]


def examples_of(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Faults of different sites, and of different checks before a check comes again.

    Of several the one that is told in fewest words; one that would need too many is named without them, never cut. So is
    what a circular that is made public does not repeat: advertisements, and signs that nobody can read.
    """
    rows = rows.assign(length=rows["observed"].fillna("").str.len()).sort_values("length", kind="stable")
    nth_of_check = rows.drop_duplicates(["owner", "check_id"]).assign(
        nth=lambda frame: frame.groupby("check_id").cumcount()
    )
    chosen = nth_of_check.sort_values("nth", kind="stable").drop_duplicates("owner")
    return [
        {
            "name": owner_words(row),
            "check": check_words(row["check_id"])["title"],
            "observed": _observed(row)
            if row["length"] <= LONGEST_EXAMPLE
            and not (is_spam(row["check_id"]) or row["check_id"] == UNREADABLE)
            else "",
        }
        for row in records(chosen.head(EXAMPLES_A_GROUP))
    ]


def _observed(fault: Mapping[str, Any]) -> str:
    """What was seen, without the account's name, with which the sentence begins."""
    words = observed_words(fault, WHOLE)
    if fault["whose"] != "account":
        return words
    return words.removeprefix(f"{platform_name(fault['platform'] or '')}“{fault['name']}”")


_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]\s*$")


def owner_words(fault: Mapping[str, Any]) -> str:
    """Whose the fault is, as a sentence calls it: 岚川市教育局网站, 岚川市公安局抖音账号“平安岚川”."""
    name = shown(fault["name"], 60)
    if fault["whose"] == "account":
        return f"{shown(fault['unit'], 60)}{shown(platform_name(fault['platform'] or ''), 20)}账号“{name}”"
    plain = _IN_BRACKETS.sub("", name)  # 岚川市教育局网站（英文版）
    complete = plain.endswith(("网", "网站", "平台")) or check_words(fault["check_id"])["title"].startswith(
        ("网站", "站点")
    )
    return name if complete else f"{name}网站"
