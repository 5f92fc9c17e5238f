"""The names and texts of checks in documents, from `report_templates/wording.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analytics.words.text import LONGEST_ADDRESS, LONGEST_LINE, defanged, own_address, shown, typeset
from analytics.words.wording import wording
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VETO_CHECKS_FIRST = ("site-unreachable", "home-stale", "section-stale", "section-blank")
_SPAM = "tampering"  # the group of faults whose addresses must not be followed


def check_words(check_id: str) -> Mapping[str, str]:
    """Title, group, counting word and advice of a check; a check without wording gets its id, in the last group."""
    checks: Mapping[str, Mapping[str, str]] = wording()["check"]
    if check_id in checks:
        return checks[check_id]
    itself = str(checks[check_id])
    return {"title": itself, "advice": itself, "unit": "个", "group": wording()["groups"][-1]}


def checks_of_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """The checks whose faults belong to these groups."""
    wanted = set(groups)
    return tuple(check for check, words in wording()["check"].items() if words["group"] in wanted)


def is_spam(check_id: str) -> bool:
    """Whether the addresses of a check's faults are spam or malware, which nobody should open."""
    return check_words(check_id)["group"] == _SPAM


def observed_words(fault: Mapping[str, Any], limit: int = LONGEST_LINE) -> str:
    """What was observed, as printed text; addresses of spam are defanged."""
    words = typeset(shown(fault["observed"], limit))
    return defanged(words, limit) if is_spam(fault["check_id"]) else words


ACCOUNT_SUBJECT = "account:"  # prefix of the subject of an account's fault
_KEPT_BY = {"message:": "留言编号", "ticket:": "“找错”留言编号"}


def printed_address(fault: Mapping[str, Any], limit: int = LONGEST_ADDRESS) -> str:
    """Where the fault is, as printed text: its address, or the number of a letter.

    An address of spam is defanged; a page of the very site (whose home page `home` is) is printed as a reader finds it.
    For an account: platform, name and address, as far as the fault has them.
    """
    subject = str(fault["subject_url"])
    for prefix, words in _KEPT_BY.items():
        if subject.startswith(prefix):
            return f"{words}{shown(subject.removeprefix(prefix), limit)}"
    if subject.startswith(ACCOUNT_SUBJECT):
        parts = (platform_name(fault.get("platform") or ""), fault.get("name"), fault.get("account_url"))
        return " ".join(shown(each, limit) for each in parts if each) or "政务新媒体账号"
    own = own_address(subject, str(fault.get("home") or ""))
    return (defanged if is_spam(fault["check_id"]) and not own else shown)(subject, limit)


def origin_label(check_id: str) -> str:
    """What the other page of a fault is: mostly the one that shows it."""
    label: str = check_words(check_id).get("origin", "所在页面")
    return label


def fault_words(fault: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of a fault for a page: its title, what was observed, where, and the other page it has to do with."""
    origin = fault["origin_url"]
    return {
        **fault,
        "check": check_words(fault["check_id"])["title"],
        "observed": observed_words(fault),
        "address": printed_address(fault),
        "origin": f"{origin_label(fault['check_id'])}：{shown(origin, LONGEST_ADDRESS)}"
        if origin and origin != fault["subject_url"] and fault.get("whose") != "account"
        else "",
    }
