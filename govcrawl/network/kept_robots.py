"""What hosts said in robots.txt tonight, kept in a folder that the processes of a night share: each host is asked once."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "robots"
"""In the folder of a visit: what hosts said that night, for all its runs."""
FOR_S = 24 * 3600  # RFC 9309, 2.4: nobody should go by one that is older


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What came for /robots.txt, whatever it is."""

    status: int
    content_type: str
    text: str


class KeptRobots:
    """Answers by origin (`http://www.example.gov.cn`), a file each. A failure is not kept: another process may fare better."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder  # None: kept nowhere, each process asks

    def get(self, origin: str) -> RobotsAnswer | None:
        if self._folder is None:
            return None
        path = self._folder / file_of(origin)
        try:
            if time.time() - path.stat().st_mtime > FOR_S:
                return None
            return RobotsAnswer(**orjson.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):  # none yet, or torn: then it is asked again
            return None

    def keep(self, origin: str, answer: RobotsAnswer) -> None:
        if self._folder is None:
            return
        path = self._folder / file_of(origin)
        part = path.with_suffix(".part")
        with suppress(OSError):  # a full disk costs a request more; it is told where records are written
            self._folder.mkdir(exist_ok=True)
            part.write_bytes(orjson.dumps(asdict(answer)))
            part.replace(path)


def file_of(origin: str) -> str:
    """The name of the file that holds the answer of an origin."""
    return hashlib.sha256(origin.encode()).hexdigest()[:32] + ".json"
