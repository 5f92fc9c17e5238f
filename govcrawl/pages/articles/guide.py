"""Which element classes an office guide (办事指南) shows: the ten of 2019, of which the first eight are those of 2015.

A class counts as shown where something is labelled so: a cell, a term, a heading, a tab, or the words before a colon.
Guides call the same thing by many names, so a label is known by how it ends. Only a cell that is empty beside its
label shows nothing. Whether what is shown is right, a person must say.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.title import shown_title
from govcrawl.pages.markup.patterns import short
from govcrawl.pages.markup.region import own_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

ITEM_NAME: Final = "item_name"
_NAMES: Final = {
    "basis": r".*(?:依据|法律法规|政策法规)",
    "conditions": r".*(?:条件|资格|受理范围|适用范围|申请范围|办理要求|申请要求)",
    "materials": r".*(?:材料|资料|要件|所需证件|所需证明).*",
    "place": r".*(?:地点|地址|窗口|场所)",
    "time": r".+(?:时间|时限|期限)|时限|期限",  # of what a bare 时间 is the time it does not say
    "telephone": r".*(?:电话|热线|联系方式|咨询方式|咨询途径|咨询渠道)",
    "process": r".*(?:流程|程序|步骤|环节).*",
    "agency": r".*(?:机构|机关|部门|主体|单位|科室)",
    "fee": r".*(?:收费|费用|缴费).*",
}
ELEMENTS: Final = (ITEM_NAME, *_NAMES)

_ELEMENT_OF: Final = {element: short(pattern, 40) for element, pattern in _NAMES.items()}
_ITEM_NAME: Final = re.compile(r"(?:事项|项目|业务|服务|主项|子项|许可|办理项)(?:的)?名称")
# Particulars of any article, no elements of a guide.
_PARTICULARS: Final = re.compile(
    r"(?:发布|发文|更新|公开|成文|生成|印发|录入|信息|主办|审核|文章|稿件|来信|访问|浏览|当前|监督|投诉).*"
)
_LABEL: Final = re.compile(
    r"(?m)(?:^|[;；。,，|、])[\W\d一二三四五六七八九十]{0,8}([\u4e00-\u9fff/]{2,14})(?:[(（][^()（）\n]{0,30}[)）])?(?=$|[:：】\]])"
)
_SIGNS: Final = (
    *(
        "事项名称",
        "办理材料",
        "申请材料",
        "申报材料",
        "所需材料",
        "材料清单",
        "申请条件",
        "办理条件",
        "受理条件",
    ),
    *(
        "办理流程",
        "办理程序",
        "办事流程",
        "流程图",
        "设定依据",
        "设立依据",
        "办理依据",
        "法律依据",
        "收费标准",
    ),
    *(
        "办理地点",
        "受理地点",
        "办理时间",
        "办理时限",
        "法定时限",
        "承诺时限",
        "法定期限",
        "办理机构",
        "实施机关",
    ),
    *("实施主体", "咨询电话", "办公时间", "办理窗口", "受理机构", "是否收费", "收费情况", "办理地址"),
)
_ENOUGH_SIGNS: Final = 2  # of the words above; a page with fewer is no guide
_SPACED: Final = tuple(
    f"{word[0]}{blank}{word[1]}"
    for word in ("办理", "申请", "材料", "依据", "流程")
    for blank in " \xa0\u3000"
)
_ANY_SIGN: Final = re.compile("|".join((*_SIGNS, *_SPACED)))
# Words of office guides and of nothing else: a law names conditions too, a tender has addresses and telephones.
_OF_GUIDES: Final = re.compile(
    r"(?:办理|办事|办结|申请|申报|受理|审批|设定|设立|事项|法定|承诺|所需|实施|许可|收费|咨询)[\u4e00-\u9fff]{2,4}"
)
_ENOUGH_CLASSES: Final = 2  # with such a label; a page with fewer is not laid out as a guide
_HOLLOW: Final = re.compile(r"[\s\-—–/_.…:：]*")
_MOST_CELLS: Final = 600


def guide_elements(document: Document) -> list[str]:
    """The element classes shown, in the order of the rule; empty for a page that is not laid out as a guide."""
    if not _may_be_guide(document.text):
        return []
    text = own_text(document)
    labels = [(element, label) for label in _LABEL.findall(text) if (element := _element(label))]
    if len({element for element, label in labels if _OF_GUIDES.fullmatch(label)}) < _ENOUGH_CLASSES:
        return []
    counted = Counter(element for element, _ in labels)
    counted.subtract(_hollow(document))
    shown = {element for element, times in counted.items() if times > 0}
    if shown_title(document) is not None:
        shown.add(ITEM_NAME)  # the title of a guide is the name of its item
    return [element for element in ELEMENTS if element in shown]


def _may_be_guide(text: str) -> bool:
    """Whether words are there without which it is none; labels may be spaced out (办 理 地 点)."""
    if _ANY_SIGN.search(text) is None:
        return False
    return sum(sign in text for sign in _SIGNS) >= _ENOUGH_SIGNS or any(word in text for word in _SPACED)


def _element(label: str) -> str | None:
    if _ITEM_NAME.fullmatch(label):
        return ITEM_NAME
    if _PARTICULARS.fullmatch(label):
        return None
    return next((element for element, name in _ELEMENT_OF.items() if name.fullmatch(label)), None)


def _hollow(document: Document) -> Iterator[str]:
    """Elements named by a cell or term beside which an empty one stands."""
    for cell in [] if document.seen is None else document.seen.css("td, th, dt")[:_MOST_CELLS]:
        beside = cell.next
        while beside is not None and beside.tag == "-text":
            beside = beside.next
        if beside is None or beside.tag not in ("td", "dd") or not _HOLLOW.fullmatch(beside.text()):
            continue
        label = _LABEL.fullmatch("".join(cell.text().split()).rstrip(":："))
        element = _element(label[1]) if label is not None else None
        if element is not None and beside.css_first("img, a, input, table") is None:
            yield element
