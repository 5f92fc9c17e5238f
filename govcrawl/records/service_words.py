"""How a home page offers a search and an assistant, and why the answer of a search may prove nothing."""

from __future__ import annotations

from enum import StrEnum


class SearchWay(StrEnum):
    """How a home page offers its search."""

    FORM = "form"  # a form a reader fills in and sends
    BOX = "box"  # a box operated by a script
    LINK = "link"  # only a link to a page for searching
    GUARDED = "guarded"  # a form that asks for proof of a human
    NONE = "none"
    NOT_LOOKED = "not_looked"  # the home page could not be read


class AssistantWay(StrEnum):
    """How the home page of a portal offers an assistant (智能问答)."""

    LINK = "link"  # its entry leads to an address
    SCRIPT = "script"  # its entry is opened by a script on the page itself
    NONE = "none"
    NOT_LOOKED = "not_looked"  # no portal, or its home page could not be read


class Hindrance(StrEnum):
    """Why the answer of a search proves nothing."""

    CAPTCHA = "captcha"  # it asks for proof of a human
    DRAWN = "drawn"  # only a browser could show it, and none was to be used
    SILENT = "silent"  # it shows neither results nor that there are none
