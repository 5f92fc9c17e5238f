"""Inputs that make a regular expression slow, made from the expression itself.

A search takes more than linear time where a part that may repeat without end is tried again from every place of a
long run of it. So for each such part the run is made, with what the expression wants to see before it, and an end
that fits nothing; and the whole beginning again and again, for what waits for an end that never comes.
"""

from __future__ import annotations

import re
from re import _constants as sre
from re import _parser as parser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 50  # a part that may repeat more often than this counts as one without end
ENDS = ("\x00☃", "x乂")  # what follows a run: hardly any expression goes on with the one, or with the other
_CANDIDATES = "a1 \n.-/<>\"'=:;,()[]{}年月日一的网\u3000\xa0A_&%#|«é" + "".join(map(chr, range(33, 127)))
_CATEGORY = {
    sre.CATEGORY_DIGIT: str.isdigit,
    sre.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    sre.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """(head, pump): what to set before a run, and what the run is made of. The same pair never twice."""
    seen: set[tuple[str, str]] = set()
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(
        text, (pattern.flags & ~re.DEBUG) | (0 if isinstance(pattern.pattern, str) else re.ASCII)
    )
    for head, pump in _runs(tree, "", frozenset(text)):
        for pair in ((head, pump), ("", pump), ("", head + pump)):
            if pair[1] and pair not in seen:
                seen.add(pair)
                yield pair


def _runs(tree: Any, head: str, written: frozenset[str]) -> Iterator[tuple[str, str]]:
    for op, value in tree:
        if op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            _, most, inner = value
            if most > LONG:
                for pump in _examples(inner, written):
                    yield head, pump
            yield from _runs(inner, head, written)
        elif op is sre.SUBPATTERN:
            yield from _runs(value[3], head, written)
        elif op is sre.ATOMIC_GROUP:
            yield from _runs(value, head, written)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _runs(branch, head, written)
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _runs(value[1], head, written)
        head += _example([(op, value)])


def _examples(tree: Any, written: frozenset[str]) -> list[str]:
    """Some strings the part matches: of a set of characters a few, and those the expression has a mind for elsewhere."""
    if len(tree) == 1 and tree[0][0] in {sre.IN, sre.ANY, sre.NOT_LITERAL, sre.LITERAL}:
        members = _members(*tree[0])
        return [c for n, c in enumerate(members) if n < 3 or (c in written and not c.isalnum())]
    if len(tree) == 1 and tree[0][0] is sre.BRANCH:
        return [_example(branch) for branch in tree[0][1][1]]
    return [_example(tree)]


def _example(tree: Any) -> str:
    found = ""
    for op, value in tree:
        if op in {sre.LITERAL, sre.IN, sre.ANY, sre.NOT_LITERAL}:
            found += next(iter(_members(op, value)), "")
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            found += _example(value[2]) * value[0]
        elif op is sre.SUBPATTERN:
            found += _example(value[3])
        elif op is sre.ATOMIC_GROUP:
            found += _example(value)
        elif op is sre.BRANCH:
            found += _example(value[1][0])
    return found


def _members(op: Any, value: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(value)]
    if op is sre.ANY:
        return ["a", " ", "1"]
    if op is sre.NOT_LITERAL:
        return [c for c in _CANDIDATES if ord(c) != value]
    negated = value[0][0] is sre.NEGATE
    own = [chr(v) for o, v in value if o is sre.LITERAL] + [chr(v[0]) for o, v in value if o is sre.RANGE]
    return [c for c in dict.fromkeys((*_CANDIDATES, *own)) if _fits(c, value) is not negated]


def _fits(c: str, items: Any) -> bool:
    for op, value in items:
        if op is sre.LITERAL and ord(c) == value:
            return True
        if op is sre.RANGE and value[0] <= ord(c) <= value[1]:
            return True
        if op is sre.CATEGORY and _CATEGORY[value](c):
            return True
    return False
