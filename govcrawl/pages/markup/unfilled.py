"""Places of a template that nothing has filled in: `{{date}}`, `${unit}`, `[[ d ]]`, `<%=d%>`, `{$title}`, `[field:pubdate/]`.

A reader of the page sees them as they are. They are never read as a value, and it stays open whether the value is missing.
"""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = r"[^\n{}\[\]%?\u4e00-\u9fff]{1,80}"  # an expression; no words for readers
_NAME: Final = r"[A-Za-z_][A-Za-z_0-9.]{0,40}"
UNFILLED: Final = re.compile(
    rf"[$#@*]?\{{\{{{_CODE}\}}\}}|[$#@*]\{{{_CODE}\}}|\{{[%$]?\s{{0,3}}{_NAME}{_CODE}?[%$]?\}}"
    rf"|\[[\[(]{_CODE}[)\]]\]|<[%?]{_CODE}[%?]>|\[!--{_CODE}--\]|\[{_NAME}:{_CODE}\]|\${_NAME}\$|%{_NAME}%|#{_NAME}#"
)
# Elements that hold words; drawings, frames and films are empty by nature.
_EMPTY: Final = re.compile(
    r"<(p|div|span|section|t[dhr]|tbody|li|ul|ol|d[tdl]|a|em|i|b|strong|font|label|time|small|h[1-6])\s([^<>]{1,300})>\s{0,6}</\1>",
    re.IGNORECASE,
)
# v-text=, ng-bind=, th:text=, :title=, @click=: names that only a frame of scripts or templates gives attributes.
_OF_A_TEMPLATE: Final = re.compile(
    r"(?:^|\s)(?!data-|aria-|xml|xlink)(?:[\w.]{1,20}[-:]|[:@#])[\w.-]{1,20}\s{0,2}=", re.IGNORECASE
)


def empty_element(markup: str) -> re.Match[str] | None:
    """The first empty element of some markup that an attribute of a template was to fill."""
    return next((each for each in _EMPTY.finditer(markup) if _OF_A_TEMPLATE.search(each[2])), None)
