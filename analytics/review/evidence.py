"""One finding with all its evidence: the stored page, its headers, how it was reached, the marked place."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd

from analytics.review.form import KEY_MARK
from analytics.review.page_copy import markup_of
from analytics.words.marked_words import marked_words, pattern_in_markup
from analytics.words.text import defanged
from govcrawl.pages.markup.document import Document
from govcrawl.records.errors import UserError
from govcrawl.records.evidence import kept
from govcrawl.texts.folded import fold
from govcrawl.texts.private import masked, places
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from govcrawl.records.evidence import Copy

_AROUND = 200  # characters on each side of a mark
_LONGEST_VALUE = 500
_KEY = re.compile(r"[0-9a-f]{16}")
_SHORTEST_MARK = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding of one assessment, and the page it stands on."""

    finding: Mapping[str, Any]  # the columns of the view `finding`
    facts: Mapping[str, Any]  # its evidence, parsed
    copy: Copy | None  # None where the page was not put aside
    markup: str  # of the copy, decoded; empty of an attachment
    position: int  # character of the markup at which the place begins, -1 where it was not found
    length: int  # characters of the place
    earlier: int  # further assessments with this finding

    @property
    def body_sha256(self) -> str | None:
        return self.facts.get("body_sha256")

    @property
    def page_url(self) -> str:
        """The page on which the fault is seen."""
        return str(self.finding["origin_url"] or self.finding["subject_url"])

    @property
    def excerpt(self) -> str:
        """The place with what stands around it, marked 【…】; empty where it was not found."""
        if self.position < 0:
            return ""
        start, end = self.position, self.position + self.length
        first, last = max(start - _AROUND, 0), end + _AROUND
        folded = fold(self.markup[first:last])
        shown = masked(
            folded, places(folded.text)
        )  # whoever reads an account need not learn whose number it is
        return f"{shown[: start - first]}【{shown[start - first : end - first]}】{shown[end - first :]}"

    @property
    def command(self) -> str:
        """What anybody may type to repeat the check on the page as it is today."""
        if self.copy is not None and not self.markup:
            return f"govcrawl text {shlex.quote(self.copy.url)}"
        if "text_sha256" in self.facts and self.facts.get("way") != "reposts":  # which only its copies tell
            return f"govcrawl text {shlex.quote(self.page_url)}"
        return f"govcrawl page {shlex.quote(self.page_url)} --explain"


def evidence_of(data: Path, name: str) -> Evidence:
    """The newest finding of this key (`F-` before it does no harm); UserError where there is none."""
    key = name.strip().removeprefix(KEY_MARK).lower()
    if not _KEY.fullmatch(key):
        raise UserError(
            f"{name!r} is no finding: a key has 16 digits 0-9 a-f; it stands in the column 问题编号 of the review file"
        )
    with Snapshot.open(data) as snapshot:
        rows = snapshot.query("finding_by_key", finding_key=key)
        name_of_snapshot = snapshot.name
    if rows.empty:
        raise UserError(
            f"no finding {key} in {name_of_snapshot}; `govcrawl review export` lists those there are"
        )
    row = rows.iloc[0].to_dict()
    finding = {str(column): None if pd.isna(value) else value for column, value in row.items()}
    facts = orjson.loads(finding["evidence"] or "{}")
    sha256 = facts.get("body_sha256")
    copy = kept(data, sha256) if sha256 else None
    markup = "" if copy is None else Document(markup_of(copy), copy.url).source
    position, length = _place(markup, finding, facts)
    return Evidence(finding, facts, copy, markup, position, length, len(rows) - 1)


def lines(evidence: Evidence) -> Iterator[str]:
    """What a terminal shows, line by line. Addresses cannot be clicked, and nothing crawled moves the cursor."""
    finding, copy = evidence.finding, evidence.copy
    yield f"finding     {finding['finding_key']}  {finding['check_id']}  {finding['state']}"
    yield f"assessment  {finding['assessment_id']}" + (
        f" and {evidence.earlier} before" if evidence.earlier else ""
    )
    yield f"site        {finding['site_code'] or '-'}"
    for column, title in (
        ("subject_url", "subject"),
        ("origin_url", "seen on"),
        ("observed", "observed"),
        ("expected", "expected"),
    ):
        if finding[column]:
            yield f"{title:11} {_shown(finding[column])}"
    yield ""
    for name, value in evidence.facts.items():
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            yield f"{name if not number else '':11} {_shown(each)}"
    yield ""
    if copy is None:
        yield (
            "page        was not put aside"
            if evidence.body_sha256
            else "page        this check stands on no page"
        )
    else:
        yield f"page        {_shown(copy.url)}"
        yield f"fetched     {copy.fetched_at}, {len(copy.body):,} bytes, sha256 {evidence.body_sha256}"
        for passed in copy.redirects:
            yield f"by way of   {_shown(passed)}"
        yield (
            f"answer      {copy.status}"
            if copy.status
            else "answer      drawn by a browser, or kept without its head"
        )
        for header, said in copy.headers:
            yield f"            {_shown(f'{header}: {said}')}"
        yield ""
        yield (
            f"at          character {evidence.position}"
            if evidence.position >= 0
            else "at          the page as a whole"
        )
        if evidence.excerpt:
            yield f"            {defanged(evidence.excerpt, 2 * _AROUND + _LONGEST_VALUE)}"
    yield ""
    yield f"repeat      {evidence.command}"


def _place(markup: str, finding: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[int, int]:
    """Where in the markup the fault stands: where the check said, else the first of its words or addresses found there."""
    position = facts.get("position")
    if isinstance(position, int) and 0 <= position < len(markup):
        return position, min(len(str(facts.get("excerpt") or "")) or 1, _LONGEST_VALUE)
    subject = str(finding["subject_url"] or "")
    for mark in (
        facts.get("excerpt"),
        facts.get("anchor_text"),
        subject,
        subject.partition("://")[2].partition("/")[2],
        facts.get("title"),
    ):
        text = str(mark or "").strip()
        if len(text) >= _SHORTEST_MARK and (found := markup.find(text)) >= 0:
            return found, len(text)
    for words in marked_words(facts):
        if len(words) > 1 and (match := pattern_in_markup(words).search(markup)):
            return match.start(), len(match[0])
    return -1, 0


def _shown(value: object) -> str:
    return defanged(str(value), _LONGEST_VALUE)
