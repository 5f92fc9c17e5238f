"""A campaign file (TOML) holds what only the office knows; whatever it leaves out stays a marked blank.

A document with a blank is a draft (草稿). Nothing is invented in place of a missing value.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from govcrawl.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


class CampaignError(UserError):
    """Raised by `read_campaign` for a file that is missing, malformed or names unknown or ill-typed values."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """All optional; names are the keys of the file."""

    issuer: str | None = None  # 发文机关全称
    number: str | None = None  # 发文字号, with 〔〕
    region: str | None = None  # 全市, 全县: who is spoken of
    period: str | None = None  # 2026年第四季度, 2026年11月份
    recipients: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    check_start_on: date | None = None
    check_end_on: date | None = None
    deadline_on: date | None = None
    report_to: str | None = None
    contact: str | None = None
    phone: str | None = None
    signed_on: date | None = None
    publicity: str | None = None  # 此件公开发布
    copied_to: tuple[str, ...] = ()
    decimals: int = 1
    documents: tuple[str, ...] = ()  # which are written; those of every night where none is named

    @property
    def missing(self) -> list[str]:
        """The Chinese names of what a document cannot be signed without, as far as it is not given."""
        return [label for name, label in _REQUIRED.items() if not getattr(self, name)]


_REQUIRED = {
    "issuer": "发文机关",
    "number": "发文字号",
    "region": "检查范围",
    "period": "检查期次",
    "recipients": "主送机关",
    "legal_basis": "检查依据",
    "deadline_on": "整改期限",
    "contact": "联系人",
    "phone": "联系电话",
    "signed_on": "成文日期",
}
_LISTS = {"recipients", "legal_basis", "copied_to", "documents"}
_DATES = {"check_start_on", "check_end_on", "deadline_on", "signed_on"}


def read_campaign(path: Path) -> Campaign:
    """The campaign of a TOML file; CampaignError names file, key and value."""
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CampaignError(
            f"{path}: cannot be read ({error.strerror}); name an existing campaign file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CampaignError(f"{path}: not a TOML file in UTF-8: {error}") from error
    known = {f.name for f in fields(Campaign)}
    if unknown := sorted(values.keys() - known):
        raise CampaignError(f"{path}: unknown key {unknown[0]!r}; known keys are {', '.join(sorted(known))}")
    campaign = Campaign(**{key: _checked(path, key, value) for key, value in values.items()})
    for earlier, later in (("check_start_on", "check_end_on"), ("check_end_on", "deadline_on")):
        first, second = getattr(campaign, earlier), getattr(campaign, later)
        if first and second and first > second:
            raise CampaignError(f"{path}: {earlier} {first} is after {later} {second}; correct one of them")
    return campaign


def _checked(path: Path, key: str, value: Any) -> Any:
    if key in _LISTS:
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        raise CampaignError(
            f'{path}: {key} = {value!r}: give a list of texts, such as ["各县(市、区)人民政府"]'
        )
    if key in _DATES:
        if type(value) is date:
            return value
        raise CampaignError(f"{path}: {key} = {value!r}: give a date without quotes, such as 2026-11-30")
    if key == "decimals":
        if type(value) is int and 0 <= value <= 2:
            return value
        raise CampaignError(f"{path}: decimals = {value!r}: give 0, 1 or 2")
    if isinstance(value, str) and value.strip():
        return value
    raise CampaignError(f"{path}: {key} = {value!r}: give a text in quotes, or leave the line out")
