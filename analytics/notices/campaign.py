"""Reads campaign files (TOML), which hold what only the office knows about a document: issuer, number, deadlines.

Values that the file omits are printed as marked blanks; a document with a blank is a draft (草稿). If any value is wrong,
no document is written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.notices.catalogue import DOCUMENT_KINDS, bearers
from analytics.notices.circular.sections import SECTIONS
from analytics.notices.earlier import SPANS
from analytics.notices.period import Period, read_period
from analytics.words.wording import wording
from govcrawl.invisible import control_or_format
from govcrawl.records.errors import UserError
from govcrawl.records.own_toml import toml_mistake
from govcrawl.records.states import FinishReason, Purpose

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

FORMS = ("文件", "信函")
_NUMBER = re.compile(r"[^\s\d〔〕()()\[\]【】]+〔\d{4}〕[1-9]\d*号")


class CampaignError(UserError):
    """Raised for a campaign that is missing, malformed, contradictory, or does not fit the assessment."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """The values of a campaign file, all optional; the names of the fields are the keys of the file."""

    # whose document it is
    issuer: str | None = None  # 发文机关全称
    number: str | None = None  # 发文字号, with 〔〕
    form: str = "文件"  # 文件 or 信函
    signer: str | None = None  # 签发人, printed on documents that go upwards
    signed_on: date | None = None  # 成文日期
    seal: bool = True  # 加盖印章: decides where the signature stands
    recipients: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    publicity: str | None = None  # 此件公开发布
    print_office: str | None = None  # 印发机关; the issuer where it is left out
    printed_on: date | None = None  # 印发日期; the day of signing where it is left out
    # what it speaks of
    region: str | None = None  # 全市, 全县
    period: Period | None = None  # 2026-11, 2026-Q4, 2026-H2, 2026, or words
    subject: str | None = None  # 链接可用性专项检查, where it is no general inspection
    groups: tuple[str, ...] = ()  # the only kinds of problems spoken of: reach, updates, links …
    legal_basis: tuple[str, ...] = ()
    method: str | None = None  # 技术监测与人工检查相结合
    check_start_on: date | None = None
    check_end_on: date | None = None
    assessment: str | None = None  # id; the newest of the period where it is left out
    edition: str | None = None  # the edition it must have been judged by
    corrects: str | None = None  # number of the issued document that this one corrects
    # what it asks for
    deadline_on: date | None = None
    report_to: str | None = None
    contact: str | None = None
    phone: str | None = None
    demands: tuple[str, ...] = ()  # further ones, a paragraph each
    praise: tuple[str, ...] | bool = False  # units named as good: these, or all without a fault
    compare: tuple[str, ...] = ()  # earlier inspections set beside this one: month, quarter, year
    ranking: bool = False  # an annex that ranks the sites by their scores
    sections: tuple[str, ...] = ()  # further sections of the circular: year, ipv6, cross …
    cross_seed: str | None = None  # any word: decides who inspects whom (交叉互评)
    # how it is written
    decimals: int = 1
    documents: tuple[str, ...] = ()  # which are written; those of every night where none is named

    @property
    def missing(self) -> list[str]:
        """The Chinese names of the missing values without which a document cannot be signed."""
        return [label for name, label in _REQUIRED.items() if not getattr(self, name)]

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day that an assessment may have; None where the campaign does not limit it."""
        if self.period and self.period.start_on:
            return self.period.start_on, self.period.end_on
        return self.check_start_on, self.check_end_on


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
_LISTS = {"recipients", "legal_basis", "copied_to", "documents", "demands", "groups", "compare", "sections"}
_DATES = {"check_start_on", "check_end_on", "deadline_on", "signed_on", "printed_on"}
_IN_ORDER = (
    ("check_start_on", "check_end_on"),
    ("check_end_on", "signed_on"),
    ("signed_on", "deadline_on"),
    ("check_end_on", "deadline_on"),
    ("signed_on", "printed_on"),
)


def read_campaign(path: Path) -> Campaign:
    """Read a campaign file; CampaignError names file, key, value and remedy."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CampaignError(
            f"{path}: cannot be read ({error.strerror}); name an existing campaign file"
        ) from error
    except UnicodeDecodeError as error:
        raise CampaignError(f"{path}: not text in UTF-8 ({error}); save it as UTF-8") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(
            f"{toml_mistake(path, text, error)}; texts stand in quotes, days exist and are written as 2026-11-30"
        ) from error
    keys = {f.name for f in fields(Campaign)}
    if unknown := sorted(values.keys() - keys):
        raise CampaignError(f"{path}: unknown key {unknown[0]!r}; known keys are {', '.join(sorted(keys))}")
    campaign = Campaign(**{key: _checked(path, key, value) for key, value in values.items()})
    if campaign.number and len(numbered := bearers(campaign.documents)) > 1:
        raise CampaignError(
            f"{path}: documents names {' and '.join(numbered)} under one number, {campaign.number}; one number, one "
            "document: give each a campaign of its own"
        )
    for earlier, later in _IN_ORDER:
        first, second = getattr(campaign, earlier), getattr(campaign, later)
        if first and second and first > second:
            raise CampaignError(f"{path}: {earlier} {first} is after {later} {second}; correct one of them")
    return campaign


def fits(campaign: Campaign, results: Results, snapshot: Snapshot) -> None:
    """Raise CampaignError when the campaign is about another assessment, edition or period."""
    if campaign.assessment and campaign.assessment != results.assessment_id:
        raise CampaignError(
            f"the campaign is about assessment {campaign.assessment}, not {results.assessment_id}; "
            "name that one with --assessment, or take `assessment` out of the campaign"
        )
    if campaign.edition and campaign.edition != results.edition:
        raise CampaignError(
            f"assessment {results.assessment_id} was judged by edition {results.edition}, the campaign asks for "
            f"{campaign.edition}; judge by that one (`govcrawl assess --rules {campaign.edition}`) or correct the campaign"
        )
    start, end = campaign.days
    if start is None and end is None:
        return
    if not ((start or date.min) <= results.as_of <= (end or date.max)):
        raise CampaignError(
            f"assessment {results.assessment_id} is of {results.as_of}, outside the period {start or '…'} to "
            f"{end or '…'} of the campaign; name one of that time with --assessment, or correct the campaign"
        )
    runs = snapshot.frame("run")
    days = runs.loc[
        (runs["finish_reason"] == FinishReason.FINISHED) & (runs["purpose"] == Purpose.NIGHTLY), "as_of"
    ].dt.date
    if not (((start or date.min) <= days) & (days <= (end or date.max))).any():
        raise CampaignError(
            f"no finished run lies between {start or '…'} and {end or '…'} in {snapshot.name}; crawl in that time, "
            "or correct the period of the campaign"
        )


def _checked(path: Path, key: str, value: Any) -> Any:
    def wrong(remedy: str) -> CampaignError:
        return CampaignError(f"{path}: {key} = {value!r}: {remedy}")

    if key == "praise" and isinstance(value, bool):
        return value
    if key in _LISTS or key == "praise":
        if not isinstance(value, list) or not value or not all(map(_is_text, value)):
            raise wrong('give a list of one or more texts, such as ["各县(市、区)人民政府"]')
        _refuse_unknown_names(path, key, value)
        return tuple(value)
    if key in _DATES:
        if type(value) is date:
            return value
        raise wrong("give a date without quotes, such as 2026-11-30")
    if key == "decimals":
        if type(value) is int and 0 <= value <= 2:
            return value
        raise wrong("give 0, 1 or 2")
    if key in {"seal", "ranking"}:
        if isinstance(value, bool):
            return value
        raise wrong("give true or false")
    if not _is_text(value):
        raise wrong("give a text in quotes, without control characters, or leave the line out")
    if key == "form" and value not in FORMS:
        raise wrong(f"give one of {', '.join(FORMS)}")
    if key in {"number", "corrects"} and not _NUMBER.fullmatch(value):
        raise wrong("write it as 岚政办〔2026〕7号: the year in 〔〕, no zero before the number, no 第")
    return read_period(value) if key == "period" else value


def _refuse_unknown_names(path: Path, key: str, names: list[str]) -> None:
    lists: dict[str, list[str]] = {
        "documents": [kind.stem for kind in DOCUMENT_KINDS],
        "groups": wording()["groups"],
        "compare": list(SPANS),
        "sections": list(SECTIONS),
    }
    choices = lists.get(key, names)
    for name in names:
        if name not in choices:
            raise CampaignError(f"{path}: {key} names {name!r}; known are {', '.join(choices)}")


def _is_text(value: object) -> bool:
    """Whether a value is a text that is neither blank nor has invisible characters."""
    return isinstance(value, str) and bool(value.strip()) and control_or_format(value) is None
