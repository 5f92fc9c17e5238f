"""Copies of documents on several sites with one place altered, and copies that differ for good reasons.

Documents are sentences of laws (`../shared/text`); each copy stands in another style of page, with the particulars
and the foot of its own site, and is read by the reader of pages.
"""

from __future__ import annotations

import random
import re
import tarfile
import time
from collections import Counter
from datetime import date, timedelta

from benchmarks.text import Row
from benchmarks.text.calibrate import TRAIN
from benchmarks.text.real import shown
from benchmarks.text.writing import STYLES
from govcrawl.texts import alike, copies, reposts
from govcrawl.texts.copies import Copy, Page

DOCUMENTS = 600  # with a slip
QUIET = 400  # without
LAWS = TRAIN.parent / "laws.tar.xz"
COUNTIES = ("青檀县", "白藤区", "云岭县", "杏林市", "松溪县", "竹山县", "岚川市", "枫林区")
WHOLE = (*STYLES[:2], *STYLES[3:])  # of rows of a table the reader of pages takes some for menus
FIRST_DAY = date(2026, 1, 5)


def rows() -> list[Row]:
    if not LAWS.is_file():
        return []
    dice = random.Random(7)
    lines = sentences_of_laws()
    planted, quiet = [with_slip(dice, lines, number) for number in range(DOCUMENTS)], []
    for number in range(QUIET):
        how = QUIETLY[number % len(QUIETLY)]
        quiet += [(how.__name__, pages) for pages in how(dice, lines, DOCUMENTS + number)]
    texts, found, spent = compared(
        [page for each in planted for page in each[1]] + [page for _, each in quiet for page in each]
    )
    hits, missed = 0, []
    kinds, hit_kinds = Counter(), Counter()
    accused = []
    for (kind, own, most), pages in planted:
        altered = pages[0][0].url
        marks = found.get(altered, [])
        hit = any(
            mark.expected and most in letters(mark.expected) and letters(own) in letters(mark.observed)
            for mark in marks
        )
        kinds[kind] += 1
        hit_kinds[kind] += hit
        hits += hit
        if not hit:
            missed.append(f"{kind}: {own} for {most}, {[(mark.observed, mark.expected) for mark in marks]}")
        accused += [
            f"alarm beside a slip: {mark.reason}" for page, _ in pages[1:] for mark in found.get(page.url, [])
        ]
    clean = sum(len(pages) for _, pages in quiet) + sum(len(pages) - 1 for _, pages in planted)
    accused += [
        f"alarm, {how}: {mark.observed} → {mark.expected}"
        for how, pages in quiet
        for page, _ in pages
        for mark in found.get(page.url, [])
    ]
    print(
        f"{texts} texts of copies: {1000 * spent / texts:.2f} ms a text; by kind {dict(hit_kinds)} of {dict(kinds)}"
    )
    return [
        Row(reposts.CHECK, "reposts", len(planted), hits, clean, len(accused), missed=[*accused, *missed])
    ]


def sentences_of_laws() -> list[str]:
    """Sentences of laws, each once and enough for documents that share hardly one."""
    found: set[str] = set()
    with tarfile.open(LAWS) as tar:
        for member in tar:
            if member.isfile():
                text = tar.extractfile(member).read().decode("utf-8", "ignore")
                found.update(re.findall(r"[\u4e00-\u9fff，、《》]{14,120}。", text))
            if len(found) > 30_000:
                break
    return sorted(found)


def letters(text: str) -> str:
    return "".join(re.findall(r"\w|%|\.", text)).lower()


def compared(pages) -> tuple[int, dict, float]:
    """Marks by address, as the night makes them."""
    by_text: dict[str, list[Page]] = {}
    for page, text in pages:
        by_text.setdefault(text, []).append(page)
    began = time.monotonic()
    sketched = [(text, sketch) for text in by_text if (sketch := copies.sketch(text)) is not None]
    found = {}
    for group in copies.groups([sketch for _, sketch in sketched]):
        group_of = [Copy(str(number), sketched[number][0], by_text[sketched[number][0]]) for number in group]
        for copy, marks in reposts.differences(group_of):
            found |= {page.url: marks for page in copy.pages}
    return len(by_text), found, time.monotonic() - began


def document(dice: random.Random, lines: list[str], number: int) -> list[str]:
    """Paragraphs of a document, among them a date, a figure, its number and its signature."""
    chosen = dice.sample(lines, dice.randint(3, 18))
    day = FIRST_DAY + timedelta(days=number % 200)
    chosen.insert(
        1,
        f"现将{day.year}年{day.month}月{day.day}日会议议定的{dice.randint(3, 99)}项任务印发给你们，共需资金{dice.randint(100, 9999)}.{dice.randint(1, 9)}万元，请认真组织实施。",
    )
    return [*chosen, "岚川市人民政府办公室", f"{day.year}年{day.month}月{day.day}日"]


def published(dice, lines, number, *, title=None, apart=5, altered=()) -> list[tuple[Page, str]]:
    """Copies of one document, each on a site of its own; `altered`: the paragraphs of some of the copies, by their number."""
    base = document(dice, lines, number)
    title = title or "关于印发重点任务的通知"
    day = FIRST_DAY + timedelta(days=number % 200)
    many = dice.randint(3, 7)
    return [
        page(
            dice,
            number,
            each,
            altered[each](list(base)) if each < len(altered) else base,
            title,
            day + timedelta(days=dice.randint(0, apart)),
        )
        for each in range(many)
    ]


def page(dice, number, site, paragraphs, title, day) -> tuple[Page, str]:
    county = COUNTIES[site % len(COUNTIES)]
    style = dice.choice(WHOLE)
    body = style(paragraphs)
    html = (
        f'<html><head><meta charset="utf-8"><title>{title}-{county}人民政府</title></head><body><div class="nav">'
        f'<a href="/">首页</a><a href="/xw/">{county}要闻</a></div><h1>{title}</h1>'
        f'<div>发布时间：{day} 来源：{county}政府办 浏览次数：{dice.randint(1, 999)}</div><div class="content">{body}</div>'
        f'<div class="foot">主办：{county}人民政府办公室 电话：0599-{dice.randint(1000000, 9999999)}</div></body></html>'
    )
    url = f"http://www.{site}.gov.cn/xw/{number}_{site}.html"
    return Page(str(site), f"{county}人民政府 {county}人民政府办公室", url, title, day), shown(
        html.encode(), url
    )


# ------------------------------------------------------------------------------------- slips


def with_slip(dice, lines, number):
    """((kind, reading, right reading), pages); the first page is the one with the slip."""
    while True:
        kind = dice.choice(("sound", "any character", "figure", "date", "missing", "doubled", "swapped"))
        done = []

        def alter(paragraphs, kind=kind, done=done):
            index, changed, own, most = slip(dice, paragraphs, kind)
            done[:] = [kind, own, most]
            paragraphs[index] = changed
            return paragraphs

        pages = published(dice, lines, number, altered=(alter,))
        # What the reader of pages leaves out is not our subject.
        if len({text for _, text in pages}) > 1:
            return tuple(done), pages


def slip(dice, paragraphs, kind):
    if kind in ("figure", "date"):
        index = 1
        pattern = r"\d+(?=项)|\d+\.\d(?=万元)" if kind == "figure" else r"(?<=年)\d+(?=月)|(?<=月)\d+(?=日)"
        place = dice.choice(list(re.finditer(pattern, paragraphs[1])))
        right = place[0]
        other = right
        while other == right:
            at = dice.randrange(len(right))
            other = right[:at] + (dice.choice("123456789") if right[at] != "." else ".") + right[at + 1 :]
        return index, paragraphs[1][: place.start()] + other + paragraphs[1][place.end() :], other, right
    while True:
        index = dice.randrange(len(paragraphs) - 2)
        text = paragraphs[index]
        at = dice.randrange(len(text) - 1)
        one, two = text[at : at + 2]
        if (
            not all(
                "\u4e00" <= sign <= "\u9fff" and sign not in "一二三四五六七八九十百千万年月日两"
                for sign in (one, two)
            )
            or one == two
        ):
            continue
        if kind == "missing":
            return index, text[:at] + text[at + 1 :], text[at - 1 : at] if at else "", one
        if kind == "doubled":
            return index, text[:at] + one + text[at:], one + one, one
        if kind == "swapped":
            return index, text[:at] + two + one + text[at + 2 :], two + one, one + two
        others = sorted(alike.confusable().get(one, ()) if kind == "sound" else alike.common() - {one})
        if others:
            other = dice.choice(others)
            return index, text[:at] + other + text[at + 1 :], other, one


# ------------------------------------------------------------------------------------- no slips


def same(dice, lines, number):
    return [published(dice, lines, number)]


def abridged(dice, lines, number):
    def shorter(paragraphs):
        del paragraphs[2 : 2 + max(1, len(paragraphs) // 3)]
        return paragraphs

    return [published(dice, lines, number, altered=(shorter,))]


def commented(dice, lines, number):
    def longer(paragraphs):
        paragraphs.insert(2, f"本报评论：{dice.choice(lines)}{dice.choice(lines)}")
        return paragraphs

    return [published(dice, lines, number, altered=(longer,))]


def said_so(dice, lines, number):
    def shorter(paragraphs):
        return ["（本文有删改）", *(text.replace("的", "", 1) for text in paragraphs)]

    return [published(dice, lines, number, altered=(shorter,))]


def own_name(dice, lines, number):
    def adapted(paragraphs):
        return [text.replace("岚川市", COUNTIES[0]) for text in paragraphs]

    return [published(dice, [*lines, "岚川市各部门要高度重视，切实抓好落实。"], number, altered=(adapted,))]


def other_digits(dice, lines, number):
    def written(paragraphs):
        year, month, day = re.findall(r"\d+", paragraphs[-1])
        han = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))

        def count(n):
            tens = "" if n < 10 else ("十" if n < 20 else han[str(n // 10)] + "十")
            return tens + (han[str(n % 10)] if n % 10 else "")

        paragraphs[-1] = f"{''.join(han[digit] for digit in year)}年{count(int(month))}月{count(int(day))}日"
        return paragraphs

    return [published(dice, lines, number, altered=(written,))]


def series(dice, lines, number):
    """The same notice again, weeks later, with other figures and another date."""
    first = published(dice, lines, number)
    base = dice.sample(lines, 6)

    def issue(week):
        day = FIRST_DAY + timedelta(days=7 * week)
        text = [
            *base[:3],
            f"定于{day.month}月{day.day}日8时起停水检修。",
            *base[3:],
            f"{day.year}年{day.month}月{day.day}日",
        ]
        return day, text

    pages = []
    for site, week in enumerate((0, 0, 0, 3)):
        day, text = issue(week)
        pages.append(page(dice, f"{number}s", site, text, "停水通知", day - timedelta(days=1)))
    return [first, pages]


def forms(dice, lines, number):
    """Notices made from one form: names, figures and dates of many differ, none twice alike but by chance."""
    base = dice.sample(lines, 5)
    pages = []
    for each in range(6):
        day = FIRST_DAY + timedelta(days=dice.randint(0, 60))
        text = [
            f"{dice.choice(COUNTIES)}{dice.choice(('道路', '学校', '水库', '医院'))}项目中标结果公告，中标金额{dice.randint(10, 999)}万元，工期{dice.choice((60, 90, 120))}天，评标时间{day.month}月{day.day}日。",
            *base,
            f"{day.year}年{day.month}月{day.day}日",
        ]
        pages.append(page(dice, f"{number}f", each, text, "中标结果公告", day))
    return [pages]


QUIETLY = (same, abridged, commented, said_so, own_name, other_digits, series, forms)
