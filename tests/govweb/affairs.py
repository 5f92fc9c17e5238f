"""What pages of documents, interpretations, guides, consultations and letters show, and what faults take from them."""

from __future__ import annotations

import random
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.govweb import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.govweb.confession import Fault
    from tests.govweb.view import Entry, View

DOCUMENTS, INTERPRETATIONS = "政策文件", "政策解读"
GUIDES, CONSULTATIONS, LETTERS = "办事指南", "调查征集", "政务咨询"
SPECIAL = {DOCUMENTS, INTERPRETATIONS, GUIDES, CONSULTATIONS, LETTERS}

ELEMENTS = {
    "basis": ("设定依据", "《岚川市公共服务事项管理办法》第十二条"),
    "conditions": ("申请条件", "在本市居住满半年,有合法稳定住所的公民"),
    "materials": ("办理材料", "居民身份证原件及复印件1份(纸质);申请表原件1份(纸质或电子)"),
    "place": ("办理地点", "岚川市望岫区云岭路18号政务服务中心二楼3号窗口"),
    "agency": ("办理机构", "{unit}行政审批科"),
    "fee": ("收费标准", "不收费"),
    "time": ("办理时间", "工作日8:30—12:00,14:30—17:30;承诺3个工作日办结"),
    "telephone": ("联系电话", "0999-8612345"),
    "process": ("办理流程", "申请→受理→审查→决定→送达"),
}
OPEN_DAYS = 31  # of a consultation that is open long enough, both days counted
PEOPLE = ("张明", "李芳", "王强", "赵敏")


def body(view: View, entry: Entry) -> str:
    """The text of an article of these classes; empty for any other, which has prose."""
    make = {GUIDES: guide, CONSULTATIONS: consultation}.get(entry.section.section_class)
    return make(view, entry) if make else ""


def tail(view: View, entry: Entry) -> str:
    """What stands below the text: the document or interpretation that belongs to it, and who answers for it."""
    if entry.section.section_class == DOCUMENTS:
        return _pointing(view, entry, "相关解读", interpretation_of(view, entry))
    if entry.section.section_class == INTERPRETATIONS:
        return _named(view, entry) + _pointing(view, entry, "相关文件", document_of(view, entry))
    return ""


def _options(view: View, kind: str, entry: Entry) -> Iterator[Fault]:
    for fault in view.standing(kind):
        if fault.options["section"] == entry.section.name and entry.number in fault.options["numbers"]:
            yield fault


# ---------- documents and interpretations


def _first(view: View, section_class: str) -> list[Entry]:
    """The entries of the first section of a class; empty where the site has none."""
    sections = [section for section in view.site.sections if section.section_class == section_class]
    return view.entries(sections[0]) if sections else []


def document_of(view: View, entry: Entry) -> Entry | None:
    """The document an interpretation speaks of: the one of its number."""
    return next((other for other in _first(view, DOCUMENTS) if other.number == entry.number), None)


def interpretation_of(view: View, entry: Entry) -> Entry | None:
    """The interpretation of a document: the one of its number, else the nearest there is."""
    if any(_options(view, "uninterpreted", entry)):
        return None
    others = _first(view, INTERPRETATIONS)
    return min(others, key=lambda other: abs(other.number - entry.number), default=None)


def interpretation_title(view: View, document_title: str, number: int) -> str:
    """How an interpretation is called after its document."""
    del view
    named = document_title.partition("《")[2].partition("》")[0] or document_title
    return f"一图读懂：{named}" if number % 2 else f"《{named}》政策解读"


def _pointing(view: View, entry: Entry, words: str, other: Entry | None) -> str:
    if other is None or any(_options(view, "unlinked", entry)):
        return ""
    return f'\n<p>{words}：<a href="{other.path}">{escape(other.title)}</a></p>'


def _named(view: View, entry: Entry) -> str:
    dice = random.Random(f"named:{entry.key}")
    lines = {
        "unit": f"解读单位：{view.site.unit}政策法规科",
        "person": f"解读人：{dice.choice(PEOPLE)}",
        "telephone": f"联系电话：0999-86{dice.randint(10000, 99999)}",
    }
    for fault in _options(view, "nameless", entry):
        lines = {name: line for name, line in lines.items() if name not in fault.options["items"]}
    return "".join(f"\n<p>{line}</p>" for line in lines.values())


# ---------- guides


def guide(view: View, entry: Entry) -> str:
    missing = {item for fault in _options(view, "guide-gaps", entry) for item in fault.options["elements"]}
    rows = [
        (label, value.format(unit=view.site.unit))
        for name, (label, value) in ELEMENTS.items()
        if name not in missing
    ]
    return GUIDE_LAYOUTS[entry.number % len(GUIDE_LAYOUTS)](rows)


def _as_table(rows: Iterable[tuple[str, str]]) -> str:
    return f"<table>{''.join(f'<tr><th>{label}</th><td>{value}</td></tr>' for label, value in rows)}</table>"


def _as_terms(rows: Iterable[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{label}：</dt><dd>{value}</dd>' for label, value in rows)}</dl>"


def _as_headings(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f"<h3>{'一二三四五六七八九十'[at]}、{label}</h3><p>{value}</p>"
        for at, (label, value) in enumerate(rows)
    )


def _as_tabs(rows: Iterable[tuple[str, str]]) -> str:
    rows = list(rows)
    strip = "".join(f'<li><a href="#t{at}">{label}</a></li>' for at, (label, _) in enumerate(rows))
    return f"<ul class='tabs'>{strip}</ul>" + "".join(
        f"<div id='t{at}' class='tab'>{value}</div>" for at, (_, value) in enumerate(rows)
    )


GUIDE_LAYOUTS = (_as_table, _as_terms, _as_headings, _as_tabs)


# ---------- consultations


def consultation(view: View, entry: Entry) -> str:
    """A draft the public is asked about from the day of the entry on; its result once it is closed."""
    days = next((fault.options["open_days"] for fault in _options(view, "hurried", entry)), OPEN_DAYS)
    closes = entry.day + timedelta(days=days - 1)
    text = "\n".join(f"<p>{line}</p>" for line in prose.paragraphs(f"{view.site.slug}{entry.key}")[:2])
    text += f"\n<p>征集时间：{prose.chinese_date(entry.day)}至{prose.chinese_date(closes)}</p>"
    if view.today > closes and not any(_options(view, "resultless", entry)):
        dice = random.Random(f"result:{entry.key}")
        text += f"\n<h3>结果反馈</h3>\n<p>征集期间共收到意见建议{dice.randint(3, 40)}条，采纳{dice.randint(1, 3)}条，其余已向提出人说明理由。</p>"
    return text


# ---------- letters


def letters(view: View, shown: list[Entry]) -> str:
    """The list of a 政务咨询 section: when each letter came and when it was answered."""
    rows = "".join(_letter(view, entry) for entry in shown)
    return f"<table class='letters'><tr><th>信件标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>{rows}</table>"


def _letter(view: View, entry: Entry) -> str:
    answered = entry.day + timedelta(days=random.Random(f"letter:{entry.key}").randint(1, 6))
    open_yet = view.today < answered or any(_options(view, "unanswered", entry))
    state = ("", "未回复") if open_yet else (str(answered), "已回复")
    return (
        f'<tr><td><a href="{entry.path}">{escape(entry.title)}</a></td><td>{entry.day}</td>'
        f"<td>{state[0]}</td><td>{state[1]}</td></tr>"
    )
