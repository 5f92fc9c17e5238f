"""Usage that grows with the crawl: runs of characters, each with the number of sites that use it.

For each run 64 bits are stored; every site belongs to one of 64 shares, and sets the bit of its share. So a site that is read again
counts once, and two bits are two sites. A run of a single site may be its mistake and is not usage. The file can be made again
from the texts of the warehouse; without it only the usage of laws counts.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

FILE: Final = "crawl.npz"  # in the folder of usage of a data directory
SIZES: Final = (2, 3, 4)  # characters; four of 16 bits are one number
MOST_RUNS: Final = 8_000_000  # kept: 128 MB; those of a single site give way
_MOST_WAITING: Final = 4_000_000  # runs of new texts that are held before they are counted
_FIRST, _LAST = 0x4E00, 0x9FFF


class Grown:
    """Runs as numbers in their order, and for each the shares of the sites that use it."""

    def __init__(self, runs: Numbers, shares: Numbers) -> None:
        self._runs, self._shares = runs, shares
        self._waiting: list[tuple[Numbers, Numbers]] = []

    @classmethod
    def of(cls, path: Path) -> Self:
        """What earlier nights have grown; nothing before the first."""
        if not path.is_file():
            return cls(np.empty(0, np.uint64), np.empty(0, np.uint64))
        try:
            with np.load(path, allow_pickle=False) as content:
                return cls(content["runs"], content["shares"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise UserError(
                f"{path}: no usage of the crawl ({error}). Remove it; it grows again with the texts that are read"
            ) from error

    def add(self, site_code: str, text: str) -> None:
        """Count a text of a site."""
        runs = np.unique(run_numbers(text))
        share = np.uint64(1) << np.uint64(hashlib.sha256(site_code.encode()).digest()[0] % 64)
        self._waiting.append((runs, np.full(len(runs), share)))
        if sum(len(each) for each, _ in self._waiting) > _MOST_WAITING:
            self._count()

    def save(self, path: Path) -> None:
        """Keep it for the next night."""
        self._count()
        content = io.BytesIO()
        np.savez(content, runs=self._runs, shares=self._shares)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content.getvalue())

    def usage(self, fewest: int, most: int) -> dict[str, int]:
        """Runs that so many sites use, as far as shares tell, with their number; the most used where there are more than `most`."""
        self._count()
        sites = np.bitwise_count(self._shares)
        for number in range(fewest, 65):
            chosen = np.flatnonzero(sites >= number)
            if len(chosen) <= most:
                break
        return dict(zip(map(_written, self._runs[chosen].tolist()), sites[chosen].tolist(), strict=True))

    def _count(self) -> None:
        if not self._waiting:
            return
        runs = np.concatenate([self._runs, *(runs for runs, _ in self._waiting)])
        shares = np.concatenate([self._shares, *(shares for _, shares in self._waiting)])
        self._waiting = []
        if not runs.size:  # what was read holds no words
            return
        order = np.argsort(runs, kind="stable")
        runs, shares = runs[order], shares[order]
        begins = np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1]]))
        self._runs, self._shares = runs[begins], np.bitwise_or.reduceat(shares, begins)
        fewest = 2
        while len(self._runs) > MOST_RUNS:
            used = np.bitwise_count(self._shares) >= fewest
            self._runs, self._shares = self._runs[used], self._shares[used]
            fewest += 1


def run_numbers(text: str) -> Numbers:
    """Every run of two to four Chinese characters of a text, as a number each."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    han = (codes >= _FIRST) & (codes <= _LAST)
    found = []
    for size in SIZES:
        count = len(codes) - size + 1
        if count <= 0:
            break
        run, whole = np.zeros(count, np.uint64), np.ones(count, dtype=bool)
        for step in range(size):
            run = run << np.uint64(16) | codes[step : step + count]
            whole &= han[step : step + count]
        found.append(run[whole])
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def _written(run: int) -> str:
    return run.to_bytes(8, "big").decode("utf-16-be").lstrip("\0")
