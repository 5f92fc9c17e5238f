"""How much a short text sounds like spam, however it is written: `菠菜`, `博-彩`, `时時彩`, `ＰＫ１０`.

A word counts once. Words weigh 2 where nobody but a spammer puts them into a link or a title, 1 where offices use them,
too (彩票, 贷款, 毕业证); what only sounds like a word weighs one less than the word, and two characters alone prove nothing by their
sound. A text that speaks of fighting a thing (打击, 查处, 案) advertises nothing.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from opencc import OpenCC

from govcrawl.invisible import INVISIBLE
from govcrawl.sounds import readings

if TYPE_CHECKING:
    from collections.abc import Iterable

SALES: Final = "sales"  # the class of words that turn a subject into an offer

_LONGEST: Final = 2000  # characters of one text; a title has a hundred
_INSERTED: Final = re.compile(r"[^\w]+|_+")  # what is put between the characters of a word
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]+")  # some of them are letters to \w
_TONES: Final = re.compile(r"[\u0300-\u036f]")
# Who speaks so fights it, judges it, regulates it, or warns of it.
_AGAINST: Final = re.compile(
    r"打击|整治|严打|严禁|禁止|查处|查获|破获|侦破|举报|治理|公安|民警|派出所|防范|谨防|提醒|案|违法|违规|抵制|拒绝|判|通报|条例|办法|规定|管理|监管"
    r"|监督|危害|曝光|捣毁|抓获|团伙|清理|倡议|预防|打掉|取缔|非法|涉赌|涉黄|扫黄|禁毒|禁赌|真相|服务中心|陷阱|套路|风险|危险|受害|普法|宣传|科普"
    r"|揭秘|调查|骗|诈|警|罪|罚"
)
_ENOUGH: Final = 2  # weight of a word nobody but a spammer uses so
_SHORTEST_BY_SOUND: Final = 3  # characters that prove a word by their sound


@dataclass(frozen=True, slots=True)
class Spam:
    """What was found in a text: its weight, and the words as `class: word` or `class: word (as written)`."""

    weight: int
    words: tuple[str, ...]
    subject: bool  # at least one word names a thing that is sold, not only the selling

    @property
    def plain_spam(self) -> bool:
        """Whether one of the words is enough by itself."""
        return self.subject and any(weight_of(word) >= _ENOUGH for word in self.words)


NOTHING: Final = Spam(0, (), subject=False)


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    kind: str
    weight: int


def plain(text: str) -> str:
    """A text as its reader takes it: one width, one case, simple characters, nothing between the characters."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST])
    simple: str = _simplified().convert(_INSERTED.sub("", _INVISIBLE.sub("", text)))
    return simple.lower()


@lru_cache(maxsize=1)
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=4096)  # the same anchors stand on every page of a site
def spam_in(text: str) -> Spam:
    """Weigh a title, an anchor or a list of keywords."""
    read = plain(text)
    if not read or _AGAINST.search(read):
        return NOTHING
    return _weighed(read)


def spam_in_text(text: str) -> Spam:
    """Weigh a whole text, which speaks against what it names as soon as it says so once."""
    if not _as_written()[0].search(text) or _AGAINST.search(text):
        return NOTHING
    return _weighed(plain(text))


def together(texts: list[str]) -> Spam:
    """Weigh several anchors of one place; a word they share counts once."""
    return united(tuple(spam_in(text) for text in texts))


def united(found: tuple[Spam, ...]) -> Spam:
    heaviest: dict[str, int] = {}
    for each in found:
        for word in each.words:
            heaviest.setdefault(word, weight_of(word))
    return Spam(sum(heaviest.values()), tuple(heaviest), any(each.subject for each in found))


def weight_of(shown: str) -> int:
    """The weight of a word as `Spam.words` shows it."""
    kind, _, rest = shown.partition(": ")
    word, _, written = rest.partition(" (")
    entry = next(each for each in _lexicon() if each.word == word and each.kind == kind)
    return entry.weight if not written else _by_sound(entry)


def _by_sound(word: _Word) -> int:
    return word.weight if len(word.word) >= _SHORTEST_BY_SOUND else max(word.weight - 1, 1)


def _weighed(read: str) -> Spam:
    pattern, names = _as_written()
    found = {names[match[0]] for match in pattern.finditer(read)}
    shown = {f"{each.kind}: {each.word}": each.weight for each in found}
    tables, heard, heard_names = _as_heard()
    for alike in tables:
        for match in heard.finditer(read.translate(alike)):
            each, written = heard_names[match[0]], read[match.start() : match.end()]
            if written != each.word and each not in found:
                shown[f"{each.kind}: {each.word} ({written})"] = _by_sound(each)
                found.add(each)
    subject = any(each.kind != SALES for each in found)
    return Spam(sum(shown.values()), tuple(sorted(shown)), subject) if shown else NOTHING


@lru_cache(maxsize=1)
def _lexicon() -> tuple[_Word, ...]:
    with files(__package__).joinpath("jargon.csv").open(encoding="utf-8") as file:
        return tuple(_Word(row["word"], row["class"], int(row["weight"])) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def _as_written() -> tuple[re.Pattern[str], dict[str, _Word]]:
    names = {each.word: each for each in _lexicon()}
    return _any_of(names), names


@lru_cache(maxsize=1)
def _as_heard() -> tuple[tuple[dict[int, int], ...], re.Pattern[str], dict[str, _Word]]:
    """Tables that write every character as one of its sound (菠 as 博), and the subjects so written.

    Three tables: a character of several readings (薄: bao, bo, bu) is taken by each of its first three.
    """
    syllables = {code: _syllables(spoken) for code, spoken in readings().items()}
    words = [each for each in _lexicon() if each.kind != SALES and not each.word.isascii()]
    standing: dict[str, int] = {}  # syllable → the character that stands for it
    own: dict[int, int] = {}
    for code in sorted({ord(character) for each in words for character in each.word}):
        own[code] = standing.setdefault(syllables.get(code, [""])[0], code)
    heard = {
        code: characters
        for code, spoken in syllables.items()
        if (characters := [each for each in dict.fromkeys(spoken) if each in standing])
    }
    tables = tuple(
        {code: standing[each[min(number, len(each) - 1)]] for code, each in heard.items()} | own
        for number in range(3)
    )
    names = {each.word.translate(own): each for each in words}
    return tables, _any_of(names), names


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _syllables(spoken: str) -> list[str]:
    """The readings of a character without their tones: `báo,bó` → bao, bo."""
    return _TONES.sub("", unicodedata.normalize("NFD", spoken)).split(",")
