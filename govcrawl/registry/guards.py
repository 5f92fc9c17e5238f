"""Removes the marks that spreadsheets put around values, sets the one that keeps them from calculating, and recognises texts that are dangerous where they are shown.

Excel and WPS preserve leading zeros and long numbers by writing them as a formula (`="3414005002"`) or behind an
apostrophe (`'3414005002`). The value inside is complete, so it is read.
"""

import re
import unicodedata
from typing import Final

_AS_FORMULA: Final = re.compile(r"=\s*([\"“”])([^\"“”=&]*)[\"“”]")
_BEHIND_APOSTROPHE: Final = re.compile(r"['‘’`＇](?=[\w=+\-@])([^'‘’`＇]*)")
_SPREADSHEET_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!)|#{3,}", re.IGNORECASE
)
_EXACT: Final = re.compile(r"(\d)(?:\.(\d+))?E\+?(\d{1,2})", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_WHOLE: Final = re.compile(r"(\d+)\.0+")
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# Texts that are more than text somewhere: a formula in a spreadsheet, markup in a page, `..` in a path.
_ACTS: Final = (
    (re.compile(r"[=@]|[+\-](?=[\w(\"])(?!\d+(?:[.\-]\d+)*$)"), "reads as a formula to a spreadsheet"),
    (re.compile(r".*<[a-zA-Z/!?][^>]*>?", re.DOTALL), "holds markup"),
    (re.compile(r"(?:.*[/\\])?\.\.[/\\].*", re.DOTALL), "reads as the way to another folder"),
)


def unguarded(cell: str) -> str:
    """The value of a cell without the marks that keep a spreadsheet from treating it as a number."""
    formula = _AS_FORMULA.fullmatch(cell)
    if formula is not None:
        return formula[2].strip()
    behind = _BEHIND_APOSTROPHE.fullmatch(cell)
    return behind[1].strip() if behind is not None else cell


def guarded(text: str) -> str:
    """A text for a cell of a CSV file that no spreadsheet takes for a formula; `unguarded` reads it back."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def is_spreadsheet_error(cell: str) -> bool:
    """Whether a cell holds a spreadsheet's error in place of a value: `#REF!`, `#N/A`, `#####`."""
    return _SPREADSHEET_ERROR.fullmatch(cell) is not None


def as_code(cell: str) -> str:
    """The digits of a code typed full-width, in groups, with `.0` or as a power of ten, if no digit was lost."""
    code = "".join(unicodedata.normalize("NFKC", cell).split())
    if _THOUSANDS.fullmatch(code):
        return code.replace(",", "")
    whole = _WHOLE.fullmatch(code)
    if whole is not None:
        return whole[1]
    power = _EXACT.fullmatch(code)
    if power is not None and len(power[2] or "") == int(power[3]):
        return power[1] + (power[2] or "")
    return code


def acts_as(text: str) -> str | None:
    """What a text would do where it is shown or stored, in words for a warning; None for a harmless text."""
    return next((words for pattern, words in _ACTS if pattern.match(text)), None)
