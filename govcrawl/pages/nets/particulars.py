"""The net for particulars of some articles: the elements of an office guide, and whom an interpretation names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.guide import ELEMENTS, ITEM_NAME
from govcrawl.pages.articles.interpreter import NAMED
from govcrawl.pages.markup.region import own_text
from govcrawl.pages.nets.snippet import called, caught

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.pages.markup.document import Document

_TELEPHONE: Final = r"电\s{0,4}话|热\s{0,4}线|手机号|联系(?:方式|我们|人)|咨询[:：]|(?<!\d)\d{3,4}[-－—]\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
# Words that stand for an element of a guide, as label, in a sentence or in a heading.
_GUIDE: Final = {
    ITEM_NAME: re.compile(r"名\s{0,4}称|事\s{0,4}项"),
    "basis": re.compile(r"依\s{0,4}据|根\s{0,4}据|按\s{0,4}照|法规|《[^》]{2,40}(?:法|条例|办法|规定)》"),
    "conditions": re.compile(r"条\s{0,4}件|对\s{0,4}象|资\s{0,4}格|适用|要求|符合"),
    "materials": re.compile(r"材\s{0,4}料|资\s{0,4}料|要\s{0,4}件|证件|证明|原件|复印件|提[交供]"),
    "place": re.compile(r"地\s{0,4}[点址]|窗\s{0,4}口|场\s{0,4}所|大厅|[路街道]\d{1,4}号"),
    "time": re.compile(
        r"(?<!发布)(?<!更新)(?<!发文)(?<!成文)时\s{0,4}[间限]|期\s{0,4}限|工作日|日内|即办|[上下]午|\d{1,2}[:：]\d\d\s?[-—~～至到]"
    ),
    "telephone": re.compile(_TELEPHONE),
    "process": re.compile(r"流\s{0,4}程|程\s{0,4}序|步\s{0,4}骤|环节|受理.{0,40}审[核查批]"),
    "agency": re.compile(r"机\s{0,4}[构关]|部\s{0,4}门|单\s{0,4}位|主体|科\s{0,4}室|承办|[局委厅办]负责"),
    "fee": re.compile(r"收\s{0,4}费|费\s{0,4}用|免费|缴\s{0,4}费|工本费|\d元"),
}
# Where an interpretation says who answers for it: at its head, or at its end.
_INTERPRETER: Final = {
    "unit": re.compile(
        r"单\s{0,4}位|部\s{0,4}门|机\s{0,4}[构关]|[科处]\s{0,4}室|来\s{0,4}源|供稿|[局委厅办][）)]?\s*$"
        # an office in a line that is no sentence: （县民政局养老服务股，3221111）
        r"|^[^\n。；，]{1,24}[局委厅办科股处室部][^\n。；]{0,16}$",
        re.MULTILINE,
    ),
    "person": re.compile(r"解读人|联系人|专家|[局处科]长[:：]|主任[:：]|答记者|[解答]读?[:：]|作者|撰稿"),
    "telephone": re.compile(_TELEPHONE + r"|(?<!\d)\d{7,8}(?!\d)"),
}
# Where an article may say whose it is: above its text, or at its end.
SOURCE: Final = "source"
_SOURCE: Final = re.compile(
    r"来\s{0,4}源|稿\s{0,2}源|供\s{0,2}稿|出\s{0,2}处|转[自载]|摘自|原载|作\s{0,4}者|记\s{0,4}者|通讯员|撰\s{0,2}稿|本[报网刊台站]讯|讯[）)]?$"
    r"|(?:发布|提供|公开|发文|报送)(?:机构|单位|部门|机关|科室)",
    re.MULTILINE,
)
_CALLED_SOURCE: Final = re.compile(r"source|lai_?yuan|origin(?!al)|\bly\b|from|author", re.IGNORECASE)
_SOURCE_ELEMENTS: Final = "meta[name], span, p, div, td, li, em, i, a, script, img, dd, h4, h5"
_SOURCE_ATTRIBUTES: Final = ("id", "class", "name", "title", "alt", "src", "data-source")
_MOST_ELEMENTS: Final = 4000
_HEAD: Final = 200  # characters
_END: Final = 400


def guide(doc: Document, shown: Iterable[str]) -> dict[str, str]:
    """Of the elements of a guide that were not recognised those that may stand in its text, as `guide_<element>`."""
    text = own_text(doc)
    missing = [element for element in ELEMENTS if element not in set(shown)]
    return {f"guide_{element}": snippet for element in missing if (snippet := caught(_GUIDE[element], text))}


def interpreter(doc: Document, named: Iterable[str]) -> dict[str, str]:
    """Of unit, person and telephone those that were not recognised and may be named, as `interpreter_<name>`."""
    text = own_text(doc)
    ends = text if len(text) <= _HEAD + _END else f"{text[:_HEAD]}\n{text[-_END:]}"
    missing = [name for name in NAMED if name not in set(named)]
    return {
        f"interpreter_{name}": snippet for name in missing if (snippet := caught(_INTERPRETER[name], ends))
    }


def source(doc: Document) -> dict[str, str]:
    """Of an article that names no source: what may name it all the same, as `source`."""
    text = own_text(doc)
    ends = text if len(text) <= _HEAD + _END else f"{text[:_HEAD]}\n{text[-_END:]}"
    snippet = caught(_SOURCE, ends)
    if snippet is None:
        elements = doc.tree.css(_SOURCE_ELEMENTS)[:_MOST_ELEMENTS]
        named = (called(_CALLED_SOURCE, node.attributes, _SOURCE_ATTRIBUTES) for node in elements)
        snippet = next((words for words in named if words is not None), None)
    return {} if snippet is None else {SOURCE: snippet}
