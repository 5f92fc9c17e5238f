"""The review page: the faults of one assessment to decide one after the other, by keyboard or button, in a browser.

It lies beside the review file and is made of the same rows. It works from a shared folder, keeps what was decided in the
browser, and saves the file that `review import` takes; its policy lets it send nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from analytics.notices.environment import render
from analytics.notices.results import records
from analytics.review import form
from analytics.review.evidence_lines import evidence_lines
from analytics.review.excerpt import Excerpt, excerpt, page_words
from analytics.words.of_checks import check_words, is_spam, observed_words, printed_address
from analytics.words.text import defanged, shown, typeset
from govcrawl.records.states import FindingState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import pandas as pd

    from analytics.editions.chosen import Edition
    from govcrawl.records.evidence import Copy

MOST = 2_000
"""Faults on one page. More than a person decides in a week; the file beside it holds all."""
_UNSEEN_BY_CLERKS = ("body_sha256",)


@dataclass(frozen=True, slots=True)
class Item:
    """One fault, as it is shown."""

    key: str  # as the review file writes it
    name: str
    unit: str
    check: str
    indicator: str
    veto: bool
    state: str
    waits: bool
    address: str
    origin: str
    observed: str
    expected: str
    doubt: str
    evidence: list[tuple[str, str]]
    excerpt: Excerpt | None
    copy: str | None  # our copy of the page, seen from beside this one
    before: str  # what was decided before, by whom


@dataclass(frozen=True, slots=True)
class ReviewPage:
    assessment_id: str
    as_of: date
    number: int  # of all faults, also those beyond MOST
    items: list[Item]
    columns: tuple[str, ...] = (
        form.KEY,
        "网站名称",
        "问题类型",
        form.DECISION,
        form.REMARK,
        form.UNTIL,
        form.OVERRULES,
        form.BY,
    )

    @property
    def waiting(self) -> int:
        return sum(item.waits for item in self.items)


def review_page(
    assessment_id: str,
    as_of: date,
    found: pd.DataFrame,
    rules: Edition,
    states: Mapping[FindingState, str],
    links: Mapping[int, str],
    copy_of: Callable[[str], Copy | None],
) -> str:
    """The page as HTML. `found`: the findings by urgency; `links`: row → our copy; `copy_of`: hash → what is kept."""
    titles = {row.id: row.title for row in rules.indicators}
    decision_words = {recorded: word for word, recorded in form.OF_FINDING.items()}
    words: dict[str, str] = {}
    items = []
    for number, fault in enumerate(records(found.head(MOST))):
        sha256 = fault["body_sha256"]
        if sha256 and sha256 not in words:
            copy = copy_of(sha256) if number in links else None
            words = {
                sha256: page_words(copy) if copy else ""
            }  # faults of one page follow each other: one is enough
        items.append(
            _item(fault, titles, states, decision_words, links.get(number), words.get(sha256 or "", ""))
        )
    return render(
        "review",
        styles=("intranet.css", "review.css"),
        scripts=("review.js",),
        c=ReviewPage(assessment_id, as_of, len(found), items),
        words=tuple(form.OF_FINDING),
        yes=form.YES,
    )


def _item(
    fault: dict[str, Any],
    titles: Mapping[str, str],
    states: Mapping[FindingState, str],
    decision_words: Mapping[str, str],
    link: str | None,
    words: str,
) -> Item:
    plain = defanged if is_spam(fault["check_id"]) else shown
    evidence = {
        name: value
        for name, value in orjson.loads(fault["evidence"]).items()
        if name not in _UNSEEN_BY_CLERKS
    }
    where = excerpt(fault, str(evidence.get("excerpt") or words))
    before = decision_words.get(fault["decision"] or "", "")
    until = f"，至{fault['until_on']:%Y年%-m月%-d日}" if fault["until_on"] else ""
    return Item(
        key=form.KEY_MARK + fault["finding_key"],
        name=fault["site_name"] or fault["site_code"] or "政务新媒体",
        unit=fault["unit"] or "",
        check=check_words(fault["check_id"])["title"],
        indicator=titles.get(fault["indicator_id"], ""),
        veto=bool(fault["veto"]),
        state=states[FindingState(fault["state"])],
        waits=fault["state"] == FindingState.AWAITING,
        address=printed_address(fault | {"name": fault["site_name"]}, 500),
        origin=plain(fault["origin_url"], 500) if fault["origin_url"] else "",
        observed=observed_words(fault, 1_000),
        expected=typeset(shown(fault["expected"], 500)),
        doubt=shown(fault["doubt"], 500) if fault["doubt"] else "",
        evidence=[
            (label, plain(value, 500)) for label, value in evidence_lines(orjson.dumps(evidence).decode())
        ],
        excerpt=where and Excerpt(plain(where.before), plain(where.marked, 500), plain(where.after)),
        copy=link,
        before=f"{before}（{fault['decided_by']}{until}）" if before else "",
    )
