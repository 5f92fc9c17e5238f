"""The review page: faults, then rows that only people can judge, to be decided one by one in a browser.

It is written beside the review file and made from the same rows. It can be opened from a shared folder and used by keyboard or
mouse, keeps the decisions in the browser, and saves the files that `review import` reads. Its policy forbids all requests.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from analytics.notices.environment import render
from analytics.notices.page_picture import browser, close_up
from analytics.notices.results import records
from analytics.review import form
from analytics.review.evidence_lines import evidence_lines
from analytics.review.excerpt import Excerpt, excerpt, page_words
from analytics.words.of_checks import check_words, is_spam, observed_words, origin_label, printed_address
from analytics.words.text import chinese_date, defanged, shown, typeset
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.records.errors import UserError
from govcrawl.records.states import FindingState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import pandas as pd

    from analytics.editions.chosen import Edition
    from govcrawl.records.evidence import Copy

MOST = 2_000
"""Faults on one page. More than a person decides in a week; the file beside it holds all."""
MOST_ROWS = 1_000
"""Rows that people judge, on one page."""
MOST_PICTURES = 40
"""Pictures of stored pages, for the most urgent faults: each takes half a second and some 50 kB of the page."""
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
    origin_label: str
    observed: str
    expected: str
    doubt: str
    evidence: list[tuple[str, str]]
    excerpt: Excerpt | None
    copy: str | None  # our copy of the page, seen from beside this one
    picture: str | None  # the place on the stored page as a data URI, for what is most urgent
    before: str  # what was decided before, by whom
    cells: tuple[str, ...]  # what names the fault in the saved file


@dataclass(frozen=True, slots=True)
class RowItem:
    """One row of the rules that a person judges for a site or account."""

    key: str  # names the row to the browser, the same from one export to the next
    name: str
    unit: str
    indicator: str
    veto: bool
    clause: str
    reason: str  # what the machine says of it
    most: str  # points it can move; empty for none
    before: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedForm:
    """One of the two tables that the page saves, each as a file of its own."""

    file: str  # end of the file's name
    words: tuple[str, ...]  # the decisions, in the order of the keys 1, 2, 3
    columns: tuple[str, ...]  # those that name the subject, before the decision's own


FORMS = (
    SavedForm("判定", tuple(form.OF_FINDING), (form.KEY, "网站名称", "问题类型")),
    SavedForm(
        "人工检查项判定",
        tuple(form.OF_ROW),
        (form.EDITION, form.SITE, form.ACCOUNT, "名称", form.INDICATOR, "指标"),
    ),
)
DECISION_COLUMNS = (form.DECISION, form.REMARK, form.UNTIL, form.OVERRULES, form.BY)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    assessment_id: str
    as_of: date
    number: int  # of all faults, also those beyond MOST
    items: list[Item]
    rows_number: int  # of all rows that people judge, also those beyond MOST_ROWS
    rows: list[RowItem]

    @property
    def forms(self) -> str:
        """Both tables for the script, as JSON."""
        return orjson.dumps(
            [
                {
                    "file": each.file,
                    "words": each.words,
                    "columns": (
                        *each.columns,
                        *DECISION_COLUMNS,
                        *((form.POINTS,) if each is FORMS[1] else ()),
                    ),
                }
                for each in FORMS
            ]
        ).decode()

    @property
    def waiting(self) -> int:
        return sum(item.waits for item in self.items)


def review_page(
    assessment_id: str,
    as_of: date,
    found: pd.DataFrame,
    by_hand: pd.DataFrame,
    rules: Edition,
    states: Mapping[FindingState, str],
    links: Mapping[int, str],
    copy_of: Callable[[str], Copy | None],
) -> str:
    """The page as HTML. `found`, `by_hand`: findings and rows by urgency; `links`: finding → our copy; `copy_of`: hash → what is kept."""
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
    items = _with_pictures(items, records(found.head(MOST)), copy_of)
    return render(
        "review",
        styles=("intranet.css", "review.css"),
        scripts=("review.js",),
        images=True,
        c=ReviewPage(
            assessment_id,
            as_of,
            len(found),
            items,
            len(by_hand),
            [_row_item(row, rules) for row in records(by_hand.head(MOST_ROWS))],
        ),
        forms=FORMS,
        yes=form.YES,
    )


def _with_pictures(
    items: list[Item], faults: list[dict[str, Any]], copy_of: Callable[[str], Copy | None]
) -> list[Item]:
    """Add pictures to what waits for a person or vetoes a site, as far as its page is kept; none without a browser."""
    wanted = [
        number
        for number, item in enumerate(items)
        if item.copy and (item.waits or item.veto) and not item.before
    ][:MOST_PICTURES]
    if not wanted:
        return items
    pictures: dict[int, str] = {}
    try:
        with browser() as context:
            for number in wanted:
                fault, item = faults[number], items[number]
                copy = copy_of(fault["body_sha256"])
                if copy is None:
                    continue
                markup = Document(decode(copy.body, copy.content_type).text, copy.url).source
                place = orjson.loads(fault["evidence"]).get("place")
                shot = close_up(context, markup, place, item.excerpt.marked if item.excerpt else "")
                if shot is not None:
                    pictures[number] = f"data:image/jpeg;base64,{b64encode(shot).decode()}"
    except UserError:
        pass  # the file and the copies say the same without pictures
    return [
        replace(item, picture=pictures[number]) if number in pictures else item
        for number, item in enumerate(items)
    ]


def _row_item(row: dict[str, Any], rules: Edition) -> RowItem:
    indicators = {each.id: each for each in rules.indicators}
    indicator = indicators.get(row["indicator_id"])
    title = indicator.title if indicator else str(row["indicator_id"])
    cells = (row["edition"], row["site_code"], row["account_id"], row["name"], row["indicator_id"], title)
    return RowItem(
        key="|".join(str(row[name] or "") for name in ("edition", "site_code", "account_id", "indicator_id")),
        name=row["name"] or row["site_code"] or row["account_id"],
        unit=row["unit"] or "",
        indicator=title,
        veto=bool(row["veto"]),
        clause=typeset(indicator.clause) if indicator else "",
        reason=typeset(shown(row["reason"], 500)) if row["reason"] else "",
        most="" if row["max_points"] is None else f"{row['max_points']:g}",
        before=_before(row, {recorded: word for word, recorded in form.OF_ROW.items()}),
        cells=tuple(str(cell or "") for cell in cells),
    )


def _before(row: Mapping[str, Any], decision_words: Mapping[str, str]) -> str:
    """What was decided before, by whom and until when; empty where nothing was."""
    word = decision_words.get(row["decision"] or "", "")
    until = f"，至{chinese_date(row['until_on'])}" if row["until_on"] else ""
    return f"{word}（{row['decided_by']}{until}）" if word else ""


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
    key = form.KEY_MARK + fault["finding_key"]
    name = fault["site_name"] or fault["site_code"] or "政务新媒体"
    check = check_words(fault["check_id"])["title"]
    return Item(
        key=key,
        name=name,
        unit=fault["unit"] or "",
        check=check,
        indicator=titles.get(fault["indicator_id"], ""),
        veto=bool(fault["veto"]),
        state=states[FindingState(fault["state"])],
        waits=fault["state"] == FindingState.AWAITING,
        address=printed_address(fault | {"name": fault["site_name"]}, 500),
        origin_label=origin_label(fault["check_id"]),
        origin=plain(fault["origin_url"], 500) if fault["origin_url"] else "",
        observed=observed_words(fault, 1_000),
        expected=typeset(shown(fault["expected"], 500)),
        doubt=shown(fault["doubt"], 500) if fault["doubt"] else "",
        evidence=[
            (label, plain(value, 500)) for label, value in evidence_lines(orjson.dumps(evidence).decode())
        ],
        excerpt=where and Excerpt(plain(where.before), plain(where.marked, 500), plain(where.after)),
        copy=link,
        picture=None,
        before=_before(fault, decision_words),
        cells=(key, shown(name, 60), check),
    )
