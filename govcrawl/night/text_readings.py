"""The nightly reading of texts: looks for what is wrong in texts that are new, or were last read with other word lists.

Its readings are records of a run of their own; the checks get them from the warehouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.records.states import LOOKED_THROUGH
from govcrawl.texts.reader import Reader
from govcrawl.warehouse.texts import unread

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.records.runs import Run

TASKS = ("texts",)


def read_texts(data: Path, run: Run) -> dict[str, int]:
    """Do the task of a texts run; return how many texts were read, and how many marks and unreadable ones there were."""
    reader = Reader.of(data)
    figures = {"texts": 0, "marks": 0, "not read to the end": 0}
    (task,) = TASKS
    writer = run.writer(task)
    try:
        for batch in unread(data, reader.read_by):
            for sha256, text, published_on in batch:
                reading = reader.read(sha256, text, published_on)
                writer.write(reading)
                figures["texts"] += 1
                figures["marks"] += len(reading.marks)
                figures["not read to the end"] += reading.state not in LOOKED_THROUGH
        writer.finish()
    finally:
        writer.close()
    return figures
