"""No pattern takes more than linear time of any text, and no reader of any page, whoever wrote it."""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from inspect import signature
from itertools import product
from pathlib import Path

import pytest

import govcrawl.network
import govcrawl.pages
import govcrawl.spiders
from govcrawl.pages.markup.patterns import Short
from govcrawl.pages.markup.tame import short_blanks
from tests.faults.pumping import ENDS, attacks

ENOUGH_S = 0.02  # below it nothing can be told from the clock's own grain
GROWTH = 3.0  # of the time, when the text doubles: linear is 2, quadratic 4
FIRST = 1000  # characters
DOUBLINGS = 4
GIVEN_UP_S = 1.0
STRAIGHT_FROM_RE = {
    f"re.{name}" for name in ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
}


class TooLongError(Exception):
    pass


def patterns() -> Iterator[tuple[str, str, object]]:
    """(module, name, pattern) of everything compiled that a module which meets crawled text holds."""
    seen: set[int] = set()
    for package in (govcrawl.pages, govcrawl.network, govcrawl.spiders):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in held(value):
                    if id(pattern) not in seen:
                        seen.add(id(pattern))
                        yield module.name, name, pattern


def held(value: object) -> Iterator[object]:
    if isinstance(value, re.Pattern | Short):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from held(one)
    elif isinstance(value, dict):
        yield from held(tuple(value.values()))
    elif hasattr(value, "cache_info") and "re.Pattern" in str(signature(value).return_annotation):
        yield from held(value())  # made from a table at its first use
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from held(getattr(value, one.name))


def uses(module: str, name: str) -> set[str]:
    """How a module puts a pattern to a text."""
    code = Path(importlib.import_module(module).__file__).read_text("utf-8")
    found = set(re.findall(rf"\b{name}\.(match|fullmatch)\b", code))
    other = re.search(rf"\b{name}\.(?!match\b|fullmatch\b)\w+\(|\b{name}\b(?!\s*[.:=])", code)
    return found | ({"search"} if other or not found else set())


def seconds(call: Callable[[object], object], text: object) -> float:
    """CPU seconds of one call, given up after a while: a pattern may take years."""

    def give_up(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP_S)
    started = time.process_time()
    try:
        call(text)
    except TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - started


def grows_too_fast(times: list[float]) -> bool:
    """Whether the last doublings cost far more than twice; a text that had to be given up says so itself."""
    if times[-1] >= GIVEN_UP_S * 0.9:
        return True
    return (
        len(times) > 2
        and times[-1] > ENOUGH_S
        and times[-1] > GROWTH * times[-2]
        and times[-2] > 2 * times[-3]
    )


def costs(
    call: Callable[[object], object], made: Callable[[int], object], doublings: int, tries: int = 2
) -> list[float]:
    """CPU seconds of longer and longer texts, the least of several tries; one figure where the first is small."""
    at_a_glance = seconds(call, made(FIRST << 2))
    if at_a_glance < ENOUGH_S / 2:  # what is quadratic takes several times that for so many characters
        return [at_a_glance]
    times: list[float] = []
    for doubling in range(doublings):
        times.append(min(seconds(call, made(FIRST << doubling)) for _ in range(tries)))
        if times[-1] >= GIVEN_UP_S * 0.9:
            break
    return times


def proven(
    call: Callable[[object], object], made: Callable[[int], object], doublings: int
) -> list[float] | None:
    """The times of a call that grows too fast, or None.

    A busy machine makes one measurement look like growth, and a pattern bounded to some thousand characters
    grows until it meets its bound: a suspicion is measured again, more often and twice as long.
    """
    if not grows_too_fast(costs(call, made, doublings)):
        return None
    again = costs(call, made, doublings + 1, tries=5)
    return again if grows_too_fast(again) else None


ALL = list(patterns())


def test_the_patterns_are_found():
    assert len(ALL) > 200
    assert {"pages", "network", "spiders"} <= {module.split(".")[1] for module, _, _ in ALL}


def test_no_pattern_hides_in_a_function():
    """What is written inside a function is at no place where this file finds it."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for package in (govcrawl.pages, govcrawl.network, govcrawl.spiders)
        for path in sorted(Path(package.__path__[0]).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in STRAIGHT_FROM_RE
    ]
    assert hidden == []


@pytest.mark.parametrize("module", sorted({module for module, _, _ in ALL}))
def test_no_pattern_takes_more_than_linear_time(module, thorough):
    slow = []
    for _, name, pattern in (one for one in ALL if one[0] == module):
        whole = pattern.pattern if isinstance(pattern, Short) else pattern
        for (head, pump), end in product(attacks(whole), ENDS):

            def made(
                length: int, head: str = head, pump: str = pump, end: str = end, whole: re.Pattern = whole
            ) -> object:
                text = head + (pump * (length // len(pump) + 1))[:length] + end
                return text.encode() if isinstance(whole.pattern, bytes) else short_blanks(text)

            for how in sorted(uses(module, name)):
                times = proven(getattr(pattern, how), made, DOUBLINGS + thorough)
                if times is not None:
                    slow.append(
                        f"{name}.{how}: {head!r} and {pump!r} again and again: {[round(s, 3) for s in times]}"
                    )
                    break
    assert not slow, "\n".join(slow)
