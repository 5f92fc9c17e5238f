"""Faults of the text planted in clean pages: wrong names, wrong words, mojibake, private data, characters of like sound or shape.

The pages are sentences of official documents (`../shared/text`) in five styles of markup, and the real pages as they are. Names and
words are drawn from the lists with a slip made by chance; the sentences for `typo` are those that nothing was fitted to.
"""

from __future__ import annotations

import random
import time

from benchmarks.text import Row
from benchmarks.text.calibrate import FOLDS, HELD_BACK, TRAIN, fold_of, sentences, usage
from benchmarks.text.real import real_texts, shown
from govcrawl.registry.regions import region_names
from govcrawl.texts import alike, typos
from govcrawl.texts.folded import fold
from govcrawl.texts.language import Language
from govcrawl.texts.names import OF_STATE
from govcrawl.texts.reader import Reader
from govcrawl.texts.word_lists import load_lists

PAGES = 1000
EACH = 80  # cases a class
URL = "http://www.yunting.gov.cn/xw/202603/t20260318_{number}.html"
PUBLISHED = "2026-03-18"
STYLES = (
    lambda lines: "".join(f"<p>{line}</p>" for line in lines),
    lambda lines: "<div>" + "<br>".join(lines) + "</div>",
    lambda lines: "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in lines) + "</table>",
    lambda lines: "".join(
        f'<p class="MsoNormal">{"".join(f"<span>{line[at : at + 7]}</span>" for at in range(0, len(line), 7))}</p>'
        for line in lines
    ),
    lambda lines: "<ul>" + "".join(f"<li>　　{line}</li>" for line in lines) + "</ul>",
)


class Pages:
    """Clean pages by number, and the same pages with a line more."""

    def __init__(self) -> None:
        self.lines = sorted({right for _, right in sentences() if fold_of(right) in HELD_BACK})

    def text(self, number: int, planted: str | None = None) -> str:
        dice = random.Random(number)
        lines = dice.sample(self.lines, 8)
        if planted is not None:
            lines.insert(dice.randrange(1, 8), planted)
        body = STYLES[number % len(STYLES)](lines)
        page = (
            f'<html><head><meta charset="utf-8"><title>工作动态</title></head><body><h1>工作动态第{number}期</h1>'
            f'<div>发布时间：{PUBLISHED}</div><div class="content">{body}</div></body></html>'
        )
        return shown(page.encode(), URL.format(number=number))


def slip(dice: random.Random, name: str) -> str:
    """The name with one character of like sound, missing, doubled or swapped."""
    how = dice.choice(("sound", "sound", "sound", "double", "swap", "miss"))
    index = dice.randrange(1, len(name) - 1)
    if how == "double":
        return name[:index] + name[index] + name[index:]
    if how == "swap" and name[index] != name[index + 1]:
        return name[:index] + name[index + 1] + name[index] + name[index + 2 :]
    if how == "miss" and len(name) > 5 and name[index] not in "和与及的":
        return name[:index] + name[index + 1 :]
    index = dice.randrange(len(name))
    others = sorted(
        other
        for other in alike.confusable().get(name[index], ())
        if other in alike.common() and alike.likeness(name[index], other) == alike.SAME
    )
    return name[:index] + dice.choice(others) + name[index + 1 :] if others else slip(dice, name)


def resident_id(dice: random.Random) -> str:
    region = dice.choice([code for code in region_names() if not code.endswith("00")])
    digits = f"{region}{dice.randint(1950, 2008)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}{dice.randint(1, 999):03}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + "10X98765432"[total % 11]


def card(dice: random.Random) -> str:
    digits = dice.choice(("6217", "6222", "6228")) + "".join(str(dice.randint(0, 9)) for _ in range(14))
    for last in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(digits + last)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return digits + last
    raise AssertionError(digits)


def leaks(dice: random.Random) -> str:
    number, mobile = resident_id(dice), f"1{dice.choice('3578')}{dice.randint(10**8, 10**9 - 1)}"
    return dice.choice(
        (
            f"申请人王某，身份证号：{number}，已通过审核。",
            f"1 张某 男 {number} 青檀县云岭镇",
            f"被处罚人李某，公民身份号码{number[:6]} {number[6:14]} {number[14:]}",
            f"享受补贴对象赵某某，手机{mobile}。",
            f"孙某 {number} {mobile} 大病救助",
            f"补贴发放至周某银行卡，卡号{card(dice)}。",
            f"出国人员吴某，护照号码E{dice.randint(10**7, 10**8 - 1)}。",
            f"郑某，家庭住址：岚川市白藤区杏林路{dice.randint(1, 300)}号{dice.randint(1, 9)}幢{dice.randint(101, 999)}室。",
        )
    )


def harmless(dice: random.Random) -> str:
    number = resident_id(dice)
    return dice.choice(
        (
            f"咨询电话：1{dice.choice('3578')}{dice.randint(10**8, 10**9 - 1)}，服务热线12345。",
            f"身份证号{number[:6]}********{number[14:]}，手机138****{dice.randint(1000, 9999)}。",
            f"统一社会信用代码：91{number[:6]}MA{dice.randint(10**7, 10**8 - 1)}X",
            f"订单号：{number}，受理编号{dice.randint(10**17, 10**18 - 1)}。",
            f"开户银行：工商银行岚川支行，账号：{card(dice)}，户名：岚川市财政局。",
            f"岚政办发〔2026〕{dice.randint(1, 99)}号，项目代码2603-{number[:6]}-04-01-{dice.randint(10**5, 10**6 - 1)}。",
        )
    )


def garbled(dice: random.Random, line: str) -> str:
    return dice.choice(
        (
            lambda: "锟斤拷" * dice.randint(2, 8),
            lambda: "\ufffd" * dice.randint(3, 30),
            lambda: line[:30].encode().decode("gb18030", "replace"),
            lambda: line[:30].encode().decode("latin-1"),
            lambda: line[:30].encode().decode("cp1252", "ignore"),
        )
    )()


def rows() -> list[Row]:
    if not TRAIN.is_file():
        return []
    lists = load_lists()
    language = Language(usage([fold for fold in range(FOLDS) if fold not in HELD_BACK]))
    reader = Reader(lists, lambda: language)
    pages = Pages()
    clean = {number: pages.text(number) for number in range(PAGES)}
    began = time.monotonic()
    # Their sentences are of several years: what was right in its time is right here.
    alarms = {number: reader.read("", text, None).marks for number, text in clean.items()}
    spent = time.monotonic() - began
    real = {name: reader.read("", text, None).marks for name, text in real_texts()}
    characters = sum(map(len, clean.values()))
    print(
        f"{PAGES} clean pages, {characters:,} characters: {1000 * spent / PAGES:.1f} ms a text; {len(real)} real pages"
    )
    plain = [(word.wrong, word.kind) for word in lists.wrong]
    dice = random.Random(13)
    made = {
        ("misstatement", "names"): planted_names(
            dice,
            [
                each.name
                for each in lists.names
                if each.kind in OF_STATE and not each.valid_to and len(each.name) > 3
            ],
        ),
        ("misstatement", "names: laws"): [
            f"依据《{slip(dice, law)}》有关规定，制定本方案。"
            for law in dice.sample([law for law in lists.laws if 6 < len(law) < 25], EACH)
        ],
        ("misstatement", "names: replaced"): [
            f"请于月底前报送{each.name}备案。"
            for each in lists.names
            if each.valid_to and "、" not in each.name
        ],
        ("typo", "names: policies"): planted_names(
            dice, [each.name for each in lists.names if each.kind == "policy" and len(each.name) > 4]
        ),
        ("typo", "lists"): [
            f"各单位要认真对照，{word.wrong}，确保按期完成。"
            for word in dice.sample([word for word in lists.wrong if word.kind == "typo"], EACH)
        ],
        ("sensitive-word", "lists"): [
            f"关于{word.wrong}有关情况的说明。" for word in lists.wrong if word.kind == "sensitive-word"
        ],
        ("privacy-leak", "all kinds"): [leaks(dice) for _ in range(2 * EACH)],
        ("mojibake", "all kinds"): [garbled(dice, dice.choice(pages.lines)) for _ in range(EACH)],
    }
    found = [
        measured(reader, pages, check, way, lines, alarms, real, plain)
        for (check, way), lines in made.items()
    ]
    quiet = [harmless(dice) for _ in range(2 * EACH)]
    accused = [
        line
        for line in quiet
        if any(mark.check_id == "privacy-leak" for mark in reader.read("", line, None).marks)
    ]
    found.append(Row("privacy-leak", "harmless numbers", 0, 0, len(quiet), len(accused), missed=accused))
    found.append(of_usage(clean))
    return found


def planted_names(dice: random.Random, names: list[str]) -> list[str]:
    return [f"会议传达了{slip(dice, dice.choice(names))}的有关要求。" for _ in range(2 * EACH)]


def measured(reader, pages, check, way, lines, alarms, real, plain) -> Row:
    hits, missed, plainly, number = 0, [], 0, 0
    for line in lines:
        # A style in which the reader of pages takes the line for a menu is not our subject; some other shows it.
        tries = iter(range(number, number + 2 * len(STYLES)))
        number = next((each for each in tries if line in pages.text(each % PAGES, line)), number)
        text = pages.text(number % PAGES, line)
        number += 1
        begin = text.find(line)
        of_line = [
            mark
            for mark in reader.read("", text, PUBLISHED).marks
            if begin <= mark.offset < begin + len(line)
        ]
        wanted = {"typo", "misstatement"} if check in ("typo", "misstatement") else {check}
        if any(mark.check_id in wanted for mark in of_line):
            hits += 1
        else:
            missed.append(line[:60])
        plainly += any(word in line and kind in wanted for word, kind in plain)
    way_of = way.partition(":")[0]
    told = {
        where: f"{mark.observed} → {mark.expected}"
        for where, marks in (*alarms.items(), *real.items())
        for mark in marks
        if mark.check_id == check and (mark.way == way_of or check in ("privacy-leak", "mojibake"))
    }
    accused = [f"alarm on clean page {where}: {what}" for where, what in told.items() if where in alarms]
    # Real pages have faults of their own: they are shown to be looked at, and counted in no column.
    seen = [f"on a real page, {where}: {what}" for where, what in told.items() if where in real]
    return Row(check, way, len(lines), hits, PAGES, len(accused), plainly, None, [*accused, *missed, *seen])


def of_usage(clean) -> Row:
    """Sentences with planted characters that nothing was fitted to; the clean pages are made of the same ones as they should be."""
    finder = typos.Typos(Language(usage([fold for fold in range(FOLDS) if fold not in HELD_BACK])))
    planted = hits = wrong = 0
    for written, right in sentences():
        if fold_of(right) not in HELD_BACK:
            continue
        planted += sum(one != other for one, other in zip(written, right, strict=True))
        for found in finder.find(fold(written)):
            place, around = slice(found.start, found.end), slice(max(0, found.start - 1), found.end + 1)
            if right[place] == found.expected:
                hits += sum(one != other for one, other in zip(written[place], right[place], strict=True))
            wrong += written[around] == right[around]
    alarms = [
        f"{number}: {found.reason}" for number, text in clean.items() for found in finder.find(fold(text))
    ]
    pages = [(name, text) for name, text in real_texts() if fold_of(name) in HELD_BACK]
    told = [f"real page {name}: {found.reason}" for name, text in pages for found in finder.find(fold(text))]
    return Row(
        "typo", "crawl (usage of laws)", planted, hits, len(clean), len(alarms), None, None,
        [(f"precision {hits / max(1, hits + wrong):.1%}; {len(told)} marks on {len(pages)} real pages that nothing was fitted to; the rest "
         "stands where usage of laws alone is too thin to speak"), *alarms, *told],
    )  # fmt: skip
