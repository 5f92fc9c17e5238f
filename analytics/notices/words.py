"""What checks are called in documents: `report_templates/wording.toml`, asked by check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.notices.environment import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VETO_CHECKS_FIRST = ("site-unreachable", "home-stale", "section-stale", "section-blank")
_SPAM = "tampering"  # the group whose addresses nobody should follow


def check_words(check_id: str) -> Mapping[str, str]:
    """Title, group, counting word and advice of a check."""
    checks: Mapping[str, Mapping[str, str]] = wording()["check"]
    return checks.get(check_id, checks["other"])


def checks_of_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """The checks whose faults are spoken of under these groups."""
    wanted = set(groups)
    return tuple(check for check, words in wording()["check"].items() if words["group"] in wanted)


def is_spam(check_id: str) -> bool:
    """Whether the addresses of such a fault lead to what broke in."""
    return check_words(check_id)["group"] == _SPAM
