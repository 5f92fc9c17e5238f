"""The pages that findings rest on, byte for byte: kept so that a finding can be proved when it is disputed.

During a run every page that was read is saved in `runs/<run_id>/evidence/<task>.warc.zst`, one zstd frame per page;
`<task>.index` holds the position of each frame. Few of these pages are ever needed, so saving them must be cheap. After
the night is judged, the pages that a finding cites (by the hash of their body) are repacked as
`evidence/<2 digits>/<hash>.warc.gz` and kept; the others are removed in the next night. WARC (ISO 28500) in gzip is
the format of web archives, which all their tools can read.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import orjson

from govcrawl.records.compression import zstd
from govcrawl.records.errors import UserError
from govcrawl.records.record_files import records_of
from govcrawl.records.whole import ASSESSMENT_MANIFEST, read_manifest, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER = "evidence"
_END = b"\r\n\r\n"
_OF_TRANSFER = frozenset({"content-length", "content-encoding", "transfer-encoding"})
_PASSED = "Govcrawl-Passed-Through"  # addresses that moved the request on; the standard lets names be added
_GZIP = b"\x1f\x8b"
_ASIDE_LEVEL = 3  # of zstd: a fifth of the time of gzip's level 6, and smaller
_KEPT_LEVEL = 6  # of gzip: half the time of the highest, within a twentieth of its size


@dataclass(frozen=True, slots=True)
class Copy:
    """One page as the server sent it."""

    url: str
    fetched_at: str
    content_type: str
    body: bytes
    status: int | None = None  # None: a browser drew it, or the copy is older than this field
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[str, ...] = ()  # addresses passed through before, first to last


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Where a page lies in the archive of its task, in bytes: a line of the index."""

    sha256: str  # of the body
    offset: int
    length: int


class TaskArchive:
    """The pages of one task while it runs: each body once, at most `max_bytes` on the disk."""

    def __init__(self, run_folder: Path, task: str, max_bytes: int) -> None:
        folder = run_folder / FOLDER
        folder.mkdir(exist_ok=True)
        self._pages = (folder / f"{task}.warc.zst").open("wb")
        self._index = (folder / f"{task}.index").open("wb")
        self._left = max_bytes
        self._saved: set[str] = set()

    def add(self, sha256: str, copy: Copy) -> None:
        """Save a page, unless its body is saved already or the space is used up."""
        if sha256 in self._saved:
            return
        member = zstd.compress(_record(sha256, copy), _ASIDE_LEVEL)
        if len(member) > self._left:
            return
        self._saved.add(sha256)
        self._left -= len(member)
        place = SavedPage(sha256, self._pages.tell(), len(member))
        self._pages.write(member)
        self._index.write(orjson.dumps(place, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._pages.close()
        self._index.close()


def keep_cited(data: Path, assessment: Path) -> tuple[int, int]:
    """Keep the pages that the findings of an assessment cite; return how many are kept, and how many were never saved."""
    cited = set(_cited(assessment))
    wanted = {sha256 for sha256 in cited if not _place(data, sha256).exists()}
    runs = read_manifest(assessment / ASSESSMENT_MANIFEST, "runs")["runs"]
    for run_id in runs:
        for index in sorted((data / "runs" / run_id / FOLDER).glob("*.index")):
            if here := [place for place in records_of(index, SavedPage) if place.sha256 in wanted]:
                with _archive_of(index).open("rb") as pages:
                    for place in here:
                        pages.seek(place.offset)
                        member = pages.read(place.length)
                        if not member.startswith(_GZIP):
                            member = gzip.compress(zstd.decompress(member), _KEPT_LEVEL, mtime=0)
                        target = _place(data, place.sha256)
                        target.parent.mkdir(parents=True, exist_ok=True)
                        write_whole(target, member)
                        wanted.discard(place.sha256)
    return len(cited) - len(wanted), len(wanted)


def forget_uncited(data: Path, keep: Iterable[str]) -> None:
    """Remove the saved pages of all runs but those in `keep`, which may be judged again."""
    kept = set(keep)
    for folder in (data / "runs").glob(f"*/{FOLDER}"):
        if folder.parent.name not in kept:
            shutil.rmtree(folder)


def kept(data: Path, sha256: str) -> Copy | None:
    """The page whose body has this hash, or None when it was not kept; UserError when the copy was altered."""
    path = _place(data, sha256)
    if not path.exists():
        return None
    copy = _read(gzip.decompress(path.read_bytes()))
    if hashlib.sha256(copy.body).hexdigest() != sha256:
        raise UserError(f"{path}: altered since it was kept; restore it from a copy")
    return copy


def warc_of(data: Path, sha256: str) -> bytes | None:
    """The kept page as the member of a WARC file, to be handed on."""
    path = _place(data, sha256)
    return path.read_bytes() if path.exists() else None


def _archive_of(index: Path) -> Path:
    """The file of pages that belongs to an index; runs before 2026-11-28 saved pages as gzip members."""
    packed = index.with_suffix(".warc.zst")
    return packed if packed.exists() else index.with_suffix(".warc.gz")


def _place(data: Path, sha256: str) -> Path:
    return data / FOLDER / sha256[:2] / f"{sha256}.warc.gz"


def _cited(assessment: Path) -> Iterator[str]:
    for line in (assessment / "finding.jsonl").read_bytes().splitlines():
        evidence = orjson.loads(orjson.loads(line)["evidence"] or b"{}")
        if sha256 := evidence.get("body_sha256"):
            yield sha256


def _record(sha256: str, copy: Copy) -> bytes:
    answered = copy.status is not None
    content = (_head_of(copy) + copy.body) if answered else copy.body
    fields = {
        "WARC-Type": "response" if answered else "resource",
        "WARC-Record-ID": f"<{uuid5(NAMESPACE_URL, f'{copy.url} {copy.fetched_at}').urn}>",
        "WARC-Date": copy.fetched_at,
        "WARC-Target-URI": copy.url,
        "WARC-Payload-Digest": f"sha256:{sha256}",
        "Content-Type": "application/http; msgtype=response" if answered else copy.content_type,
        "Content-Length": str(len(content)),
        **({_PASSED: " ".join(copy.redirects)} if copy.redirects else {}),
    }
    head = "\r\n".join(("WARC/1.1", *(f"{name}: {_one_line(value)}" for name, value in fields.items())))
    return head.encode() + _END + content + _END


def _head_of(copy: Copy) -> bytes:
    """The head of the answer, but what was true of the packed body only."""
    lines = [f"HTTP/1.1 {copy.status} ".encode("latin-1")]
    for name, value in copy.headers:
        as_sent = f"{_one_line(name)}: {_one_line(value)}"
        original = name.lower() in _OF_TRANSFER
        lines.append(f"{'X-Archive-Orig-' if original else ''}{as_sent}".encode("latin-1", "replace"))
    lines.append(f"Content-Length: {len(copy.body)}".encode())
    return b"\r\n".join(lines) + _END


def _read(record: bytes) -> Copy:
    fields, rest = _fields(record)
    content = rest[: int(fields["Content-Length"])]
    url, fetched_at = fields["WARC-Target-URI"], fields["WARC-Date"]
    if fields["WARC-Type"] != "response":
        return Copy(url, fetched_at, fields["Content-Type"], content)
    head, _, body = content.partition(_END)
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = tuple(
        (name.removeprefix("X-Archive-Orig-"), value)
        for name, _, value in (line.partition(": ") for line in lines)
        if name != "Content-Length"
    )
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "text/html")
    passed = tuple(fields.get(_PASSED, "").split())
    return Copy(url, fetched_at, content_type, body, int(status.split()[1]), headers, passed)


def _fields(record: bytes) -> tuple[dict[str, str], bytes]:
    head, _, rest = record.partition(_END)
    return dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:]), rest


def _one_line(value: str) -> str:
    """A header value without line breaks, so that crawled text cannot add headers of its own."""
    return " ".join(value.split())
