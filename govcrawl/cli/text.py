"""`govcrawl text`: what is wrong in a text before it is published, by what the office's crawl and lists know."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from govcrawl.cli.options import PATH, resolve_option
from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.network.outside import Ask, Fetch
    from govcrawl.network.resolve_rules import Rule
    from govcrawl.records.items import TextReading
    from govcrawl.texts.files import FileText
    from govcrawl.texts.reader import Reader

_MOST_BYTES = 50_000_000
_TEXT_FILES = (".txt", ".csv", ".md")


@dataclass(frozen=True, slots=True)
class Read:
    """One document: its text, what was found in it, and what could not be looked at."""

    url: str
    characters: int
    reading: TextReading | None
    problem: str | None

    @property
    def has_marks(self) -> bool:
        return self.reading is not None and bool(self.reading.marks)

    def as_json(self) -> dict[str, Any]:
        marks = self.reading.marks if self.reading else []
        facts = {
            "url": self.url,
            "characters": self.characters,
            "findings": [
                {
                    "check_id": mark.check_id,
                    "observed": mark.observed,
                    "expected": mark.expected or None,
                    "excerpt": mark.excerpt,
                    "offset": mark.offset,
                    "count": mark.count,
                    "reason": mark.reason,
                    "way": mark.way,
                    "seen_at": mark.seen_at,
                }
                for mark in marks
            ],
        }
        return facts | ({"unmeasured": self.problem} if self.problem else {})


@click.command()
@click.argument("names", nargs=-1, metavar="[FILE_OR_URL...]")
@click.option(
    "--data",
    type=PATH,
    metavar="DIR",
    help="Data directory: brings in the office's lists and what the crawl has seen.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document and line.")
@click.option("--html", type=PATH, metavar="FILE", help="Write a report to read and print, too.")
@click.option(
    "--learn",
    type=PATH,
    metavar="DIR",
    help="Learn from the clean texts of a folder (TXT, DOCX, PDF, HTML) what is common usage.",
)
@resolve_option
def text(
    names: tuple[str, ...],
    data: Path | None,
    html: Path | None,
    learn: Path | None,
    resolve: tuple[Rule, ...],
    *,
    as_json: bool,
) -> int:
    """Find what is wrong in texts before they are published: HTML, DOCX, XLSX, PDF, TXT.

    Wrong names and words, mojibake, private data. `-` reads names from stdin. Exit code 1 when something was found, or when
    a text could not be looked at to its end, which is said on stderr.
    Nothing found here is a fault before a person has looked at it.

    Example: govcrawl text draft.docx --data data --html report.html
    """
    if learn is not None:
        if data is None or names:
            raise click.UsageError("--learn DIR needs --data DIR and no other file")
        click.echo(_learn(learn, data))
        return 0
    if not names:
        raise click.UsageError("name a file or an address, or - for names on stdin")
    if data is not None and not data.is_dir():
        raise UserError(
            f"{data}: no such directory; name the data directory of the crawl, or leave --data out"
        )
    from govcrawl.texts.reader import Reader  # noqa: PLC0415 - takes two seconds

    documents = list(_read_all(list(_named(names)), Reader.of(data), resolve))
    if html is not None:
        from analytics.notices.environment import render  # noqa: PLC0415

        html.write_text(_report(render, documents), "utf-8")
    for document in documents:
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(document.as_json(), option=orjson.OPT_APPEND_NEWLINE))
        else:
            click.echo(_for_people(document))
    for document in documents:
        if document.problem:
            click.echo(
                f"{document.url}: {document.problem}. What was not looked at may be wrong: have a person read it, "
                "or give a file with text.",
                err=True,
            )
    return int(any(document.problem or document.has_marks for document in documents))


def _named(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if name == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield name


def _is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _read_all(names: list[str], reader: Reader, rules: tuple[Rule, ...]) -> list[Read]:
    answers = _fetched([name for name in names if _is_address(name)], rules)
    return [
        _of_answer(name, answers[name], reader) if _is_address(name) else _of_file(name, reader)
        for name in names
    ]


def _fetched(addresses: list[str], rules: tuple[Rule, ...]) -> dict[str, Fetch | None]:
    """What was answered; None for what is no address."""
    answers: dict[str, Fetch | None] = {}
    if not addresses:
        return answers
    from govcrawl.network.outside import ask_outside_a_run  # noqa: PLC0415 - brings Scrapy along
    from govcrawl.network.resolve_rules import as_setting  # noqa: PLC0415

    async def work(ask: Ask) -> None:
        for address in addresses:
            try:
                answers[address] = await ask(address)
            except ValueError:
                answers[address] = None

    ask_outside_a_run(work, {"RESOLVE": as_setting(rules)} if rules else {})
    return answers


def _of_answer(name: str, answer: Fetch | None, reader: Reader) -> Read:
    if answer is None:
        raise UserError(f"{name}: no http or https address. Name a file, or a whole address.")
    facts = answer.facts
    if facts.status is None or not facts.body:
        raise UserError(f"{facts.url}: {facts.outcome} ({facts.error}). Nothing was read.")
    return _of_content(facts.final_url or facts.url, facts.body, reader, facts.content_type)


def _of_file(name: str, reader: Reader) -> Read:
    path = Path(name)
    return _of_content(
        name, _bytes_of(path), reader, "text/plain" if path.suffix.lower() in _TEXT_FILES else None
    )


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{path}: {reason}. Name a file, or an address with http:// or https://.") from error


def _of_content(url: str, content: bytes, reader: Reader, content_type: str | None) -> Read:
    found = _text_of(url, content, content_type)
    if not found.text.strip():
        return Read(url, 0, None, found.problem or "没有可检查的文字")
    today = datetime.now(CIVIL).date().isoformat()  # it is about to be published
    reading = reader.read("", found.text, today)
    return Read(url, reading.characters, reading, found.problem or _STATES.get(reading.state))


_STATES = {
    "cut": "文字过长，只检查了前一部分",
    "crowded": "问题过多，只列出前一部分",
    "unreadable": "读取出错，未检查",
}


def _text_of(url: str, content: bytes, content_type: str | None) -> FileText:
    """The text of a document of whatever form."""
    from govcrawl.pages.links.on_page import LinkMemo  # noqa: PLC0415
    from govcrawl.pages.markup.charset import decode  # noqa: PLC0415
    from govcrawl.pages.read import read_page  # noqa: PLC0415
    from govcrawl.texts.files import FileText, kind_of, text_of  # noqa: PLC0415

    if kind_of(content) is not None:
        return text_of(content)
    if (content_type or "").startswith("text/plain") or b"<" not in content[:65536]:
        return FileText(decode(content, content_type).text)
    address = url if _is_address(url) else Path(url).absolute().as_uri()
    page = read_page(
        content, address, content_type=content_type, as_of=datetime.now(CIVIL).date(), memo=LinkMemo(address)
    )
    return FileText(page.text, None if page.text else "页面没有可读的文字")


def _for_people(document: Read) -> str:
    lines = [f"{document.url}：{document.characters}字"]
    if document.problem:
        lines[0] += f"（{document.problem}）"
    marks = document.reading.marks if document.reading else []
    if not marks and document.reading:
        lines.append("  未发现问题")
    for number, mark in enumerate(marks, 1):
        times = f"，共{mark.count}处" if mark.count > 1 else ""
        lines.append(
            f"  {number}. {_title(mark.check_id)}：{mark.observed}{times}"
            + (f" → {mark.expected}" if mark.expected else "")
        )
        lines.append(f"     {mark.excerpt}")
        lines.append(f"     {mark.reason}" + ("" if mark.certain else "；请人工核实"))
    return "\n".join(lines)


def _title(check_id: str) -> str:
    from analytics.words.of_checks import check_words  # noqa: PLC0415

    return check_words(check_id)["title"]


def _report(render: Any, documents: list[Read]) -> str:
    """The report as a page of its own."""
    shown = [
        {
            "name": document.url,
            "characters": document.characters,
            "problem": document.problem,
            "marks": [
                {
                    "title": _title(mark.check_id),
                    "observed": mark.observed,
                    "expected": mark.expected,
                    "before": mark.excerpt.partition("【")[0],
                    "place": mark.excerpt.partition("【")[2].partition("】")[0],
                    "after": mark.excerpt.partition("】")[2],
                    "reason": mark.reason,
                    "count": mark.count,
                    "certain": mark.certain,
                    "seen_at": mark.seen_at,
                }
                for mark in (document.reading.marks if document.reading else [])
            ],
        }
        for document in documents
    ]
    return str(render("text_report", scripts=(), documents=shown, made_on=datetime.now(CIVIL).date()))


def _learn(folder: Path, data: Path) -> str:
    """Learn the usage of clean texts; a run that two of them share is language."""
    from govcrawl.texts import language  # noqa: PLC0415
    from govcrawl.texts.reader import LANGUAGE  # noqa: PLC0415

    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder; name one with clean texts in it")
    if not data.is_dir():
        raise UserError(f"{data}: no such directory; name the data directory of the crawl")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    problems: list[str] = []
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for path in paths:
            found = _text_of(
                str(path), _bytes_of(path), "text/plain" if path.suffix.lower() in _TEXT_FILES else None
            )
            if found.text.strip():
                read += 1
                yield found.text
            else:
                problems.append(f"{path}: {found.problem or '没有文字'}")

    counts = language.learn(texts())
    if not read:
        raise UserError(
            f"{folder}: no text in it could be read. Put clean TXT, DOCX, PDF or HTML files there."
        )
    target = data / LANGUAGE / f"{folder.resolve().name}.txt.xz"
    language.write(target, counts)
    usage = sum(number >= language.LANGUAGE for number in counts.values())
    summary = f"learned {usage:,} runs of characters from {read} texts → {target}"
    return "\n".join([summary, *(f"not read: {problem}" for problem in problems)])
