"""The checks, one module each. An edition switches a check on by naming it.

Check `section-stale` is the module `analytics.checks.section_stale`. It has a docstring whose first line is the fault it
looks for, a frozen dataclass `Params` whose fields are the keys of the edition, and `run`. Checks do not import each
other.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


class Check(Protocol):
    """The interface of every check module."""

    __doc__: str
    Params: type[Any]

    def run(self, source: Source, as_of: date, params: Any) -> Answer:
        """Judge every site in scope of the inspection of a day."""
        ...


def known_checks() -> tuple[str, ...]:
    """Return the ids of every check."""
    modules = Path(__file__).parent.glob("[!_]*.py")
    return tuple(sorted(path.stem.replace("_", "-") for path in modules))


def load_check(check_id: str) -> Check:
    """Return the module of a check; LookupError when there is no such check."""
    if check_id not in known_checks():
        raise LookupError(f"unknown check {check_id!r}; known: {', '.join(known_checks())}")
    return cast("Check", import_module(f"{__name__}.{check_id.replace('-', '_')}"))
