"""The evidence of a finding in words for a clerk: Chinese labels, days written out, no words of the data model."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from analytics.words.phrases import CERTIFICATE, FOOTER, OUTCOMES, STAND_INS, WRONG, failed_words
from analytics.words.text import chinese_date, days_in_words, shown, typeset
from analytics.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable

LEFT_OUT = frozenset({
    *("links_run_id", "position", "search_method", "rendered", "kind", "doubt", "offset", "way", "place"),
    *("text_sha256", "channel", "visitor", "shown", "asked"),
})  # fmt: skip
"""What only says how we went about it, and the doubt, which has a column of its own."""

_LONGEST = 2_000
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?", re.ASCII)
_PRINTED = ("printed", "superior_at")  # as a page prints it, in the time of China already


def evidence_lines(evidence: str) -> list[tuple[str, str]]:
    """Label and value of what a JSON object of evidence holds, without what a clerk has no use for.

    A key without a label names itself, as every missing phrase does.
    """
    labels = wording()["evidence"]
    return [
        (labels[key], value_in_words)
        for key, value in orjson.loads(evidence).items()
        if key not in LEFT_OUT and (value_in_words := _in_words(key, value))
    ]


def _in_words(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(filter(None, (_in_words(key, each) for each in value)))
    if isinstance(value, dict):
        return "、".join(f"{_in_words(key, name)}{_in_words(key, each)}" for name, each in value.items())
    if key in _WORDS:
        return typeset(_WORDS[key](str(value)))
    if _INSTANT.fullmatch(str(value)):
        return _moment(str(value), in_our_time=key in _PRINTED)
    return days_in_words(shown(value, _LONGEST))


def _moment(text: str, *, in_our_time: bool) -> str:
    moment = datetime.fromisoformat(text.removesuffix("Z"))
    if not in_our_time:
        moment += timedelta(hours=8)
    return f"{chinese_date(moment.date())}{moment.hour}时{moment:%M}分"


_WORDS: dict[str, Callable[[str], str]] = {
    "outcome": lambda word: str(OUTCOMES[word]),
    "stand_in": lambda word: str(STAND_INS[word]),
    "ipv6_outcome": lambda word: str(OUTCOMES[word]),
    "failed_as": failed_words,
    "item": lambda word: str(FOOTER[word]),
    "wrong": lambda word: str(WRONG[word]),
    "tls_problem": lambda word: str(CERTIFICATE[word]),
    "date_origin": lambda word: str(wording()["date_origin"][word]),
    "search": lambda word: str(wording()["search"][word]),
}
"""Keys whose values are words of the data, and what these are called."""
