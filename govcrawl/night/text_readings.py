"""The nightly reading of texts: finds what is wrong in those that are new or were read with other lists.

The copies of one document among all articles of the night are compared with each other. The readings are records of a run of
their own; the checks read them from the warehouse.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from govcrawl.records.items import RepostReading
from govcrawl.records.states import LOOKED_THROUGH
from govcrawl.texts.copies import Copy, Page, groups, sketch
from govcrawl.texts.grown import FILE, Grown
from govcrawl.texts.processes import Unread, readings
from govcrawl.texts.reader import LANGUAGE, Reader
from govcrawl.texts.reposts import differences
from govcrawl.warehouse import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from govcrawl.records.runs import Run

TASKS = ("texts",)
LEFT = "left for the next night"
GONE = "gone before they were read"


def read_texts(
    data: Path,
    run: Run,
    over: Callable[[], bool] = lambda: False,
    workers: int = 1,
    *,
    by: Reader | None = None,
) -> dict[str, int]:
    """Do the task of a texts run by so many processes; return how many texts were read, and how many marks and unreadable ones there were.

    Once the night is `over` no text is begun: what is left counts as unmeasured, and the next night reads it. `by`: the reader, where
    it is not the one of `data`.
    """
    reader = by or Reader.of(data)
    figures = {
        "texts": 0,
        "marks": 0,
        "not read to the end": 0,
        LEFT: 0,
        GONE: 0,
        "texts with copies": 0,
        "copies that differ": 0,
    }
    (task,) = TASKS
    usage = Grown.of(data / LANGUAGE / FILE)  # what is read tonight speaks from tomorrow on
    writer = run.writer(task)

    def begun() -> Iterator[Unread]:
        for batch in texts.unread(data, reader.read_by):
            for sha256, text, published_on, site_code in batch:
                if over():
                    figures[LEFT] += 1
                    continue
                if text is None:
                    figures[GONE] += 1
                    continue
                usage.add(site_code, text)
                yield Unread(sha256, text, published_on)

    try:
        for reading in readings(reader, reader.office or data, begun(), workers):
            writer.write(reading)
            figures["texts"] += 1
            figures["marks"] += len(reading.marks)
            figures["not read to the end"] += reading.state not in LOOKED_THROUGH
        for beside in compared(data, date.fromisoformat(run.plan.as_of)):
            writer.write(beside)
            figures["texts with copies"] += 1
            figures["copies that differ"] += bool(beside.marks)
        writer.finish()
        usage.save(data / LANGUAGE / FILE)
    finally:
        writer.close()
    return figures


def compared(data: Path, as_of: date) -> Iterator[RepostReading]:
    """Each text of the articles of a day that has copies enough, beside them."""
    hashes, sketches = [], []
    for batch in texts.shown(data, as_of):
        for sha256, text in batch:
            shingles = sketch(text)
            if shingles is not None:
                hashes.append(sha256)
                sketches.append(shingles)
    alike = ([hashes[number] for number in group] for group in groups(sketches))
    for group in texts.copies(data, as_of, alike):
        copies = [Copy(sha256, text, [Page(*page) for page in pages]) for sha256, text, pages in group]
        for copy, marks in differences(copies):
            yield RepostReading(copy.sha256, marks)
