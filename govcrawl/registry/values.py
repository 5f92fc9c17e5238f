"""Readers of cells: each takes the stripped text of one cell and returns its value, or raises BadValue."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from govcrawl.invisible import control_or_format
from govcrawl.records.items import CIVIL
from govcrawl.registry.guards import as_code, is_spreadsheet_error
from govcrawl.registry.regions import region_codes

CellReader = Callable[[str], Any]


class BadValue(ValueError):  # noqa: N818 - names the cell, not the error
    """Raised for a cell that is no valid value of its column; carries the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def plain_text(cell: str) -> str:
    """One line of visible text, as written: `=1+1` is five characters, not a formula."""
    if is_spreadsheet_error(cell):
        raise BadValue("a spreadsheet's own error in place of a value", "Type the value over the formula.")
    if (hidden := control_or_format(cell)) is not None:
        raise BadValue(f"invisible character U+{ord(hidden):04X}", "Type the value again without it.")
    return cell


def long_text(cell: str) -> str:
    """Text that may have several lines, such as letters from the public."""
    plain_text(cell.translate({9: None, 10: None, 13: None}))
    return cell


_LOCAL_CODE = re.compile(r"\d{10}", re.ASCII)
_MINISTRY_CODE = re.compile(r"bm\d{8}|65bm\d{6}", re.ASCII | re.IGNORECASE)


def site_code(cell: str) -> str:
    """网站标识码: region and serial number, `bm` with ministry and serial, or `65BM` for 新疆兵团 (regulations 3.3)."""
    cell = as_code(cell)
    if _MINISTRY_CODE.fullmatch(cell):
        return cell.upper() if cell.startswith("65") else cell.lower()
    if not _LOCAL_CODE.fullmatch(cell):
        if re.fullmatch(r"\d{1,9}|\d(\.\d+)?E\+?\d+", cell, re.ASCII | re.IGNORECASE):
            raise BadValue(
                "site code has lost digits",
                "A spreadsheet took it for a number: format the column as text and type the code again.",
            )
        raise BadValue("bad site code", "Expected 10 digits, 'bm' and 8 digits, or '65BM' and 6 digits.")
    if cell[:6] not in region_codes():
        raise BadValue(
            f"site code of unknown region {cell[:6]}",
            "The first six digits are a region code of GB/T 2260 (abolished ones count); check them.",
        )
    return cell


def region_code(cell: str) -> str:
    cell = as_code(cell)
    if cell not in region_codes():
        raise BadValue("unknown region code", "Expected six digits of GB/T 2260, such as 330100.")
    return cell


def one_of(*words: str) -> CellReader:
    def read(cell: str) -> str:
        if cell not in words:
            raise BadValue("unknown value", f"Expected one of {' '.join(words)}.")
        return cell

    return read


def url_or(word: str) -> CellReader:
    """A web address, or one word that stands for none."""

    def read(cell: str) -> str:
        return word if cell == word else url(cell)

    return read


_BARE_ADDRESS = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:/\S*)?", re.ASCII | re.IGNORECASE)
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u3002]")  # ．：／ and the like, and the full stop typed for a point


def url(cell: str) -> str:
    """A web address. A bare host name (www.x.gov.cn), as in official forms, becomes `http://`, as in a browser."""
    plain_text(cell)
    if _FULL_WIDTH.search(cell.partition("?")[0]):
        cell = unicodedata.normalize("NFKC", cell).replace("\u3002", ".")
    if _BARE_ADDRESS.fullmatch(cell):
        cell = f"http://{cell}"
    if not re.match(r"https?://", cell, re.IGNORECASE):
        raise BadValue("URL without http:// or https://", "Write the whole address as a browser shows it.")
    if re.search(r"[\s\\<>\"]", cell):
        raise BadValue("URL with a blank, a backslash, a quote or a bracket", "One cell holds one address.")
    try:
        parts = urlsplit(cell)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise BadValue(f"malformed URL ({error})", "Copy the address from the browser.") from None
    if parts.username is not None or parts.password is not None:
        raise BadValue("URL with credentials", "Remove the part before '@'; pages are visited as the public.")
    if not _is_host(host):
        raise BadValue("URL with an impossible host name", "Copy the address from the browser.")
    return cell


def domain(cell: str) -> str:
    """A domain name in lower case; it covers its subdomains."""
    if "/" in cell or ":" in cell or "*" in cell:
        raise BadValue(
            "not a bare domain", "Write example.com: no scheme, port, path or star; subdomains count too."
        )
    if "." not in cell or not _is_host(cell):
        raise BadValue("impossible domain name", "Write it as in example.com.")
    return cell.lower()


_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?", re.ASCII | re.IGNORECASE)


def _is_host(host: str) -> bool:
    if ":" in host:  # urlsplit takes the brackets off an IPv6 address
        try:
            ip_address(host)
        except ValueError:
            return False
        return True
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = name.removesuffix(".").split(".")
    return all(_LABEL.fullmatch(label) for label in labels)


_TRUE, _FALSE = {"是", "yes", "true", "1"}, {"否", "no", "false", "0"}


def boolean(cell: str) -> bool:
    word = cell.lower()
    if word not in _TRUE | _FALSE:
        raise BadValue("neither yes nor no", "Expected 是 or 否.")
    return word in _TRUE


def private_address(cell: str) -> str | None:
    """The one address inside our own network at which a site may be visited; None for 否 and for a blank."""
    if cell.lower() in _FALSE:
        return None
    try:
        return str(ip_address(cell.strip("[]")))
    except ValueError:
        raise BadValue(
            "not an IP address",
            "Write the address the site has in the internal network, such as 10.1.2.3, or 否.",
        ) from None


def integer(low: int, high: int) -> CellReader:
    def read(cell: str) -> int:
        cell = as_code(cell)
        if not re.fullmatch(r"\d{1,9}", cell, re.ASCII) or not low <= int(cell) <= high:
            raise BadValue("not a fitting whole number", f"Expected a number from {low} to {high}.")
        return int(cell)

    return read


def mail_address(cell: str) -> str:
    """One address of the plain kind that mail servers take: no name beside it, no second one."""
    cell = plain_text(cell)
    name, at, host = cell.rpartition("@")
    if not (
        at and re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}", name, re.ASCII) and "." in host and _is_host(host)
    ):
        raise BadValue("not a mail address", "Expected one such as xxgk@your-office.example.")
    return cell


def decimal(low: float, high: float) -> CellReader:
    def read(cell: str) -> float:
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", cell, re.ASCII) or not low <= float(cell) <= high:
            raise BadValue(
                "not a fitting number", f"Expected a number from {low:g} to {high:g}, such as 92.5."
            )
        return float(cell)

    return read


def selector(cell: str) -> str:
    try:
        LexborHTMLParser("").css(cell)
    except SelectolaxError:
        raise BadValue("malformed CSS selector", "Expected a selector such as '.list li'.") from None
    return cell


_DATE = r"(?P<year>\d{4})(?:-|/|\.|年)(?P<month>\d{1,2})(?:-|/|\.|月)(?P<day>\d{1,2})日?"
_PACKED = r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)"
_WHEN = [
    re.compile(rf"{day}(?:[T ]\s*{_TIME}\s?{_ZONE}?)?", re.ASCII | re.IGNORECASE) for day in (_DATE, _PACKED)
]
_MONTH = re.compile(r"(\d{4})(?:-|/|\.|年)?(\d{1,2})月?(?:[-/]0?1(?: 00:00:00)?)?", re.ASCII)
_YEARS = range(1990, 2101)  # years that a date in a registry can mean
_DATE_REMEDY = "Expected a date such as 2026-11-22, with a time if need be."


def _when(cell: str) -> datetime:
    match = next((found for form in _WHEN if (found := form.fullmatch(cell))), None)
    if match is None:
        raise BadValue("not a date", _DATE_REMEDY)
    part = match.groupdict()
    year, month, day = (int(part[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(part["zone"]))
    except ValueError:
        raise BadValue("a date or time that does not exist", _DATE_REMEDY) from None
    if moment.year not in _YEARS:
        raise BadValue("a year that cannot be meant", _DATE_REMEDY)
    return moment


def _zone(text: str | None) -> tzinfo:
    if text is None:
        return CIVIL
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def civil_date(cell: str) -> date:
    """A civil day in Asia/Shanghai."""
    return _when(cell).astimezone(CIVIL).date()


def utc_instant(cell: str) -> str:
    """An instant as records hold it (UTC, ISO 8601 without offset).

    A time without a zone is taken as Asia/Shanghai, a date without a time as its midnight there.
    """
    moment = _when(cell).astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def month(cell: str) -> str:
    """A month as `YYYY-MM`; also accepts its first day, as spreadsheets store months."""
    match = _MONTH.fullmatch(cell)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) not in _YEARS:
        raise BadValue("not a month", "Expected a month such as 2026-11.")
    return f"{match[1]}-{int(match[2]):02d}"
