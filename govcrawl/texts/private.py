"""Data of private persons: resident IDs, mobile numbers, bank cards, passports, home addresses; and how they are masked.

A number is taken for one only where its own check digit, date or prefix says so, and where nothing around it says that
it is a number of an office, an order or an enterprise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from govcrawl.registry.regions import region_codes
from govcrawl.texts.marks import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.texts.folded import Folded

CHECK: Final = "privacy-leak"
ID, MOBILE, CARD, PASSPORT, ADDRESS = "居民身份证号", "手机号码", "银行卡号", "护照号码", "家庭住址"

_BEFORE: Final = 40  # characters of the line before a number that may say what it is
_LONGEST_ROW: Final = 2_000  # characters of a row of a table
_ID: Final = re.compile(r"(?<![0-9A-Za-z*])(\d{6})[ -]?([12]\d{3})[ -]?(\d{2})[ -]?(\d{2})[ -]?(\d{3})([0-9Xx])(?![0-9A-Za-z*])")  # fmt: skip
_OLD_ID: Final = re.compile(r"(?<![0-9A-Za-z*])(\d{6})(\d{2})(\d{2})(\d{2})(\d{3})(?![0-9A-Za-z*])")
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z*.])(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?![0-9A-Za-z*号])"
)
_CARD: Final = re.compile(r"(?<![0-9A-Za-z*.])((?:62|4|5[1-5]|35|9)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![0-9A-Za-z*])")  # fmt: skip
_PASSPORT: Final = re.compile(
    r"(?<![0-9A-Za-z])((?:[EGDSPHK]\d{8})|(?:E[A-HJ-NP-Z]\d{7}))(?![0-9A-Za-z])", re.IGNORECASE
)
_ADDRESS: Final = re.compile(
    r"(?:家庭住址|家庭地址|现住址|现居住地址|居住地址|户籍地址|户籍所在地|户籍地|住址|家住)[：:为是在]{0,2}\s*"
    r"([^\n，。；;,]{4,50}?\d{1,5}(?:号楼?|室|幢|栋|组|单元|户)(?:[^\n，。；;,\s]{0,20}?\d{1,5}(?:号|室|单元|户))*)"
)
# What a number is that only looks like one of a person.
_OTHER_NUMBER: Final = re.compile(
    r"(?:信用代码|组织机构代码|机构代码|登记号|注册号|许可证?号?|编号|单号|流水号|订单|文号|批号|条码|条形码|序列号|案号|合同号"
    r"|项目代码|项目编码|受理号|编码|代码|快递|运单|发票|税号|宗地|不动产单元)[^0-9\n]{0,12}$"
)
_OF_OFFICE: Final = re.compile(
    r"咨询|热线|投诉|举报|监督|值班|服务电话|客服|办公|招标|采购|代理|报名|受理|传真|单位|公司|联系人|负责人|经办|工作人员|项目"
    r"|医院|学校|中心|维修|救援|专线|抢修|报警|预约|窗口|网格员|河长|村支书|村主任|律师|公证|总机|电话[：:]?\s*0\d{2,3}"
)
# Right before a number: whose it is, whatever else the line speaks of.
_OFFICE_LABEL: Final = re.compile(
    r"(?:咨询|热线|投诉|举报|监督|值班|服务|客服|办公|招标|采购|代理|报名|受理|传真|维修|抢修|报警|预约|窗口)[^，。；;、\n]{0,8}$"
)
_OF_PERSON: Final = re.compile(
    r"身份证|申请人|当事人|被处罚人|被执行人|户主|信访人|投诉人|举报人|持证人|家长|学生|患者|病人|住址|残疾|低保|救助|监护人|考生|应聘|享受人"
    r"|受助|贫困|社保卡|银行卡|开户|姓名|户籍|出生|死亡|本人|购房人|租赁人|承租人|农户|领取人|受益人|补贴对象"
)
_CORPORATE: Final = re.compile(
    r"开户行|开户银行|对公|基本户|账户名称|户名[：:].{0,30}(?:公司|中心|局|院|所|委员会|财政)"
)


@dataclass(frozen=True, slots=True)
class Private:
    """One piece of private data in a folded text, and its masked form."""

    kind: str
    start: int
    end: int
    masked: str
    certain: bool


def places(text: str) -> list[Private]:
    """Everything private in a folded text, without overlaps, in the order of the text."""
    if not any(character.isdigit() for character in text):
        return []
    found: list[Private] = []
    taken = bytearray(len(text))  # a byte a character: a page may hold a hundred thousand numbers
    lines = _Lines.of(text)
    for each in (*_ids(lines), *_passports(lines), *_cards(lines), *_mobiles(lines), *_addresses(text)):
        if not any(taken[each.start : each.end]):
            found.append(each)
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
    return sorted(found, key=lambda each: each.start)


def found(private: list[Private]) -> Iterator[Found]:
    """The private things as wrong places, one mark a kind."""
    for each in private:
        yield Found(
            CHECK,
            "lists",
            each.start,
            each.end,
            "公开前应删去或遮去中间各位",
            f"{each.kind}未作去标识化处理",
            certain=each.certain,
            grouped_as=each.kind,
            shown_as=f"{each.kind} {each.masked}",
        )


def masked(folded: Folded, private: list[Private]) -> str:
    """The text as written with everything private masked, every character in its place; so is a resident ID with a slip in it."""
    text = list(folded.written)
    for each in (*_slipped_ids(folded.text), *private):
        shown = iter(each.masked)
        for index in range(each.start, each.end):
            text[folded.place(index)] = next(shown, "*")
    return "".join(text)


def _hidden(text: str, head: int, tail: int) -> str:
    """The text with everything but its first and last characters starred; blanks and dashes stay."""
    last = len(text) - tail
    return "".join(
        character if index < head or index >= last or character in " -" else "*"
        for index, character in enumerate(text)
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the lines of a text say of a number in them. A row of a table, its cells apart by tabs, says what the heads of its columns say."""

    text: str
    heads: dict[int, str]  # where a row begins → the first row of its table

    @classmethod
    def of(cls, text: str) -> _Lines:
        heads: dict[int, str] = {}
        if "\t" in text:
            head, begin = "", 0
            for line in text.split("\n"):
                if "\t" not in line:
                    head = ""
                elif head:
                    heads[begin] = head
                else:
                    head = line[:_LONGEST_ROW]
                begin += len(line) + 1
        return cls(text, heads)

    def before(self, start: int) -> str:
        """What stands before a number and may say what it is; in a table the head of its column too."""
        before = self.text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
        if head := self._head(start):
            column = self.text.count("\t", self._begin(start), start)
            return f"{''.join(head.split(chr(9))[column : column + 1])}：{before.rpartition(chr(9))[2]}"
        return before

    def around(self, start: int, end: int) -> str:
        """The line of a number, and what heads the table it stands in."""
        begin = self.text.rfind("\n", max(0, start - 120), start) + 1 or max(0, start - 120)
        stop = self.text.find("\n", end, end + 60)
        return f"{self._head(start)} {self.text[begin : stop if stop >= 0 else end + 60]}"

    def _begin(self, start: int) -> int:
        return self.text.rfind("\n", max(0, start - _LONGEST_ROW), start) + 1

    def _head(self, start: int) -> str:
        return self.heads.get(self._begin(start), "") if self.heads else ""


def _ids(lines: _Lines) -> Iterator[Private]:
    for match in _ID.finditer(lines.text):
        digits = "".join(match.groups())
        if _is_resident_id(digits) and not _OTHER_NUMBER.search(lines.before(match.start())):
            yield Private(ID, match.start(), match.end(), _hidden(match[0], 6, 2), certain=True)
    for match in _OLD_ID.finditer(lines.text):
        region, year, month, day, _ = match.groups()
        if (
            "身份证" in lines.around(match.start(), match.end())
            and _is_region(region)
            and _is_day(f"19{year}", month, day)
        ):
            yield Private(ID, match.start(), match.end(), _hidden(match[0], 6, 2), certain=True)


def _slipped_ids(text: str) -> Iterator[Private]:
    """What has the shape and the day of a resident ID and a wrong check digit: no finding, and not to be passed on either."""
    for match in _ID.finditer(text):
        if _is_day(*match.groups()[1:4]):
            yield Private(ID, match.start(), match.end(), _hidden(match[0], 6, 2), certain=False)


def _is_resident_id(digits: str) -> bool:
    """GB 11643: region, a day of birth, and the check digit of ISO 7064 MOD 11-2."""
    if not _is_region(digits[:6]) or not _is_day(digits[6:10], digits[10:12], digits[12:14]):
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17].upper()


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(code[:4] for code in region_codes())


def _is_region(code: str) -> bool:
    """Whether this is the code of a county that exists or existed, or of its prefecture (the first list lacks older codes)."""
    return code in region_codes() or (code[:4] in _prefixes() and code[4:] != "00")


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def _mobiles(lines: _Lines) -> Iterator[Private]:
    for match in _MOBILE.finditer(lines.text):
        before = lines.before(match.start())
        if _OTHER_NUMBER.search(before) or _OFFICE_LABEL.search(before):
            continue
        line = lines.around(match.start(), match.end())
        of_person = _OF_PERSON.search(line) is not None
        if not of_person and _OF_OFFICE.search(line):
            continue
        yield Private(MOBILE, match.start(), match.end(), _hidden(match[0], 3 + match.start(1) - match.start(), 4), certain=of_person)  # fmt: skip


def _cards(lines: _Lines) -> Iterator[Private]:
    for match in _CARD.finditer(lines.text):
        digits = re.sub(r"\D", "", match[0])
        line = lines.around(match.start(), match.end())
        labelled = "卡号" in line or "银行卡" in line
        if not 16 <= len(digits) <= 19 or not _luhn(digits) or not (digits.startswith("62") or labelled):
            continue
        if _OTHER_NUMBER.search(lines.before(match.start())) or _CORPORATE.search(line):
            continue
        yield Private(CARD, match.start(), match.end(), _hidden(match[0], 4, 4), certain=labelled)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _passports(lines: _Lines) -> Iterator[Private]:
    for match in _PASSPORT.finditer(lines.text):
        if "护照" in lines.around(match.start(), match.end()):
            yield Private(PASSPORT, match.start(), match.end(), _hidden(match[0], 1, 2), certain=True)


def _addresses(text: str) -> Iterator[Private]:
    for match in _ADDRESS.finditer(text):
        yield Private(ADDRESS, match.start(1), match.end(1), _hidden(match[1], 6, 0), certain=False)
