"""Reads many texts by several processes at a time; what they say is what one would say, in the same order.

Run as a module it is such a process: a batch on a line of stdin, its readings on a line of stdout, as JSON. It ends when stdin
does, so none outlives the one that started it.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import orjson

from govcrawl.records.errors import RunError
from govcrawl.records.items import TextMark, TextReading
from govcrawl.texts.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXTS: Final = 100  # of a batch at most: half a second
CHARACTERS: Final = 1_000_000  # of a batch, unless one text is longer
_AHEAD: Final = 2  # batches a process that are handed out at a time


class Unread(NamedTuple):
    """A text to be read, and the day its page states."""

    sha256: str
    text: str
    published_on: str | None


def readings(
    reader: Reader, data: Path, texts: Iterable[Unread], workers: int, most: int = TEXTS
) -> Iterator[TextReading]:
    """The readings of the texts in their order. What one batch holds needs no second process, which takes seconds to prepare."""
    batches = _batches(texts, most)
    begin = list(islice(batches, 2))
    if workers < 2 or len(begin) < 2:
        for batch in chain(begin, batches):
            yield from (reader.read(*text) for text in batch)
        return
    with ExitStack() as stack:
        free: SimpleQueue[_Process] = SimpleQueue()
        for _ in range(workers):
            free.put(stack.enter_context(_Process(data)))
        pool = stack.enter_context(ThreadPoolExecutor(workers))

        def read(batch: list[Unread]) -> list[TextReading]:
            process = free.get()
            try:
                return process.read(batch)
            finally:
                free.put(process)

        waiting = deque(pool.submit(read, batch) for batch in begin)
        for batch in batches:
            if len(waiting) >= _AHEAD * workers:
                yield from waiting.popleft().result()
            waiting.append(pool.submit(read, batch))
        while waiting:
            yield from waiting.popleft().result()


def _batches(texts: Iterable[Unread], most: int) -> Iterator[list[Unread]]:
    batch: list[Unread] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) >= most or characters + len(text.text) > CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text.text)
    if batch:
        yield batch


class _Process:
    """A process that reads by the lists and the usage of a data directory."""

    def __init__(self, data: Path) -> None:
        words = [sys.executable, "-m", "govcrawl.texts.processes", str(data)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def read(self, batch: list[Unread]) -> list[TextReading]:
        """What is wrong in the texts of a batch; RunError where the process has ended."""
        door, answers = self._process.stdin, self._process.stdout
        assert door is not None  # noqa: S101 - both are pipes
        assert answers is not None  # noqa: S101
        try:
            door.write(orjson.dumps(list(map(list, batch)), option=orjson.OPT_APPEND_NEWLINE))
            door.flush()
            answer = answers.readline()
        except OSError:
            answer = b""
        if not answer:
            raise RunError(
                f"a process that reads texts has ended with {self._process.wait()}. See whether memory was reached, "
                "and run the same command again: it goes on from here."
            )
        return [
            TextReading(**{**values, "marks": [TextMark(**mark) for mark in values["marks"]]})
            for values in orjson.loads(answer)
        ]


def main(data: str) -> None:
    """Read batches until there are no more."""
    reader = Reader.of(Path(data))
    for line in sys.stdin.buffer:
        read = [reader.read(*text) for text in orjson.loads(line)]
        sys.stdout.buffer.write(orjson.dumps(read, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
