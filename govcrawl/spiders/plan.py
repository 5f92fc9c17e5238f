"""What a visit is to read tonight, as the night wrote it down before it set out: pages that are due, pages that are not.

    plan/plan.json            of which day and registry: a plan of another would be asked of the wrong sites
    plan/<task>.left          pages met before that nobody has read yet, and for which this night has no room, as numbers
    plan/<task>.jsonl         the pages of a site that are due, the most pressing first
    plan/<task>.lists.jsonl   pages of lists as they were read last, with their rows, which hold while the body is the same
    plan/<task>.known         pages that a night before has read: sorted 8-byte numbers, looked up where they lie on disk
    plan/targets.jsonl        link targets that pages which are not due name, and nobody has checked yet, or read if attachments
    plan/targets.known        the same for link targets that opened when they were last checked, and are not due
    plan/checked.known        link targets that were ever checked: those that never were go first
    plan/attachments.jsonl    attachments that were fetched before and are due: what their host said of them then

The folder is no part of the record. Without it everything is due: a first visit.
"""

from __future__ import annotations

import hashlib
import mmap
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import orjson

from govcrawl.records.errors import RunError
from govcrawl.records.items import Entry  # noqa: TC001 - `records_of` reads the type of the field
from govcrawl.records.record_files import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from govcrawl.records.runs import Plan as RunPlan

FOLDER = "plan"
HEAD = "plan.json"
TARGETS, EVER_CHECKED, ATTACHMENTS = "targets", "checked", "attachments"
_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be read tonight. `why`: `recent` or `turn`.

    `full`: read it whole, even if the host says that it is unchanged. So a host that says so of everything is found out.
    """

    url: str
    depth: int
    why: str
    full: bool
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    read_run_id: str | None = None
    published_at: str | None = None
    date_origin: str | None = None

    @property
    def may_be_unchanged(self) -> bool:
        return not self.full and self.read_run_id is not None and self.body_sha256 is not None


@dataclass(frozen=True, slots=True)
class ReadList:
    """The page of a list that was whole on it, as the code of tonight read it; all its rows print their day."""

    url: str
    body_sha256: str
    content_type: str | None
    read_run_id: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class LeftTarget:
    """A link target that a page names as it was last read, and that no night has checked; an attachment: that none has read."""

    url: str
    kind: str
    text: str  # of the first link that leads there
    internal: bool
    on_home: bool
    site_code: str = ""  # of a site that names it


@dataclass(frozen=True, slots=True)
class KnownFile:
    """An attachment that was fetched, and what its host said of it then."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    size_bytes: int | None = None


def known_files(folder: Path) -> Iterator[KnownFile]:
    """Those that the plan of a visit names; none without a plan."""
    path = folder / FOLDER / f"{ATTACHMENTS}.jsonl"
    if path.exists():
        yield from records_of(path, KnownFile)


def left_targets(folder: Path) -> list[LeftTarget]:
    """Those that the plan of a visit names; none without a plan."""
    path = folder / FOLDER / f"{TARGETS}.jsonl"
    if not path.exists():
        return []
    return list(records_of(path, LeftTarget))


def key_of(url: str) -> int:
    """The number an address is looked up by; `known_keys.sql` computes the same."""
    return int.from_bytes(hashlib.md5(url.encode(), usedforsecurity=False).digest()[:_WIDTH], "big")


class Addresses:
    """A set of addresses on disk, as sorted numbers. Only what is looked up is read into memory."""

    def __init__(self, path: Path) -> None:
        self._numbers: memoryview | mmap.mmap | bytes = b""
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                self._numbers = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._numbers) // _WIDTH

    def __getitem__(self, place: int) -> int:
        return int.from_bytes(self._numbers[place * _WIDTH : (place + 1) * _WIDTH], "big")

    def __contains__(self, url: str) -> bool:
        number = key_of(url)
        place = bisect_left(self, number)
        return place < len(self) and self[place] == number


@dataclass(slots=True)
class SitePlan:
    """The plan of one site; of a first visit nothing is known."""

    due: dict[str, Due] = field(default_factory=dict)
    earlier: Addresses | frozenset[str] = frozenset()  # pages that a night before has read
    left_out: Addresses | frozenset[str] = frozenset()  # never read, and no room for them tonight
    lists: dict[str, ReadList] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, task: str) -> Self:
        path = folder / FOLDER / f"{task}.jsonl"
        earlier = Addresses(path.with_suffix(".known"))
        of_lists = lists_file(folder, task)
        lists = {page.url: page for page in records_of(of_lists, ReadList)} if of_lists.exists() else {}
        if not path.exists():
            return cls(earlier=earlier, lists=lists)
        due = {page.url: page for page in records_of(path, Due)}
        return cls(due, earlier, Addresses(path.with_suffix(".left")), lists)

    def stands(self, url: str) -> bool:
        """Whether a page was read before and is not due."""
        return url not in self.due and url in self.earlier


def lists_file(folder: Path, task: str) -> Path:
    """The lists of a site in the plan of a run."""
    return folder / FOLDER / f"{task}.lists.jsonl"


def write_known(path: Path, numbers: Iterable[int]) -> int:
    """Write the numbers of a set of `Addresses`, which come sorted; return how many."""
    with path.open("wb") as file:
        for number in numbers:
            file.write(number.to_bytes(_WIDTH, "big"))
        return file.tell() // _WIDTH


def check_plan(folder: Path, plan: RunPlan) -> None:
    """Refuse a plan of another day or registry."""
    path = folder / FOLDER / HEAD
    if not path.exists():
        return
    made_for = orjson.loads(path.read_bytes())
    for name in ("as_of", "registry_sha256"):
        if made_for.get(name) != getattr(plan, name):
            raise RunError(
                f"{path}: made for {name} {made_for.get(name)!r}, the run is of {getattr(plan, name)!r}; "
                "remove the folder beside it, and the visit goes as a first one"
            )
