"""What `govcrawl prune` removed: `pruned/<instant>.json`, one file per pruning, so that missing runs are explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER: Final = "pruned"


def pruned_runs(data: Path) -> dict[str, str]:
    """Run id → the instant (UTC) its records were removed."""
    return _named(data, "runs")


def pruned_texts(data: Path) -> dict[str, str]:
    """Run id → the instant (UTC) its texts were removed, with all its records or alone."""
    return _named(data, "texts")


def _named(data: Path, what: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((data / FOLDER).glob("*.json")):
        try:
            record = {
                "texts": [],
                **orjson.loads(path.read_bytes()),
            }  # of older ones the warehouse keeps the texts
            found |= dict.fromkeys(record[what], record["pruned_at"])
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise UserError(
                f"{path}: not the record of a pruning ({error!r}); restore it from a copy"
            ) from error
    return found


def record_pruning(
    data: Path, at: str, rule: str, *, runs: Sequence[str], texts: Sequence[str], notices: Sequence[str]
) -> Path:
    """Write down what is about to be removed, and by which rule; done first, so an interrupted pruning is recorded too.

    `texts`: runs whose texts of pages are no longer kept, here nor in the warehouse.
    """
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{at.replace(':', '').replace('-', '')[:15]}Z.json"
    record = {
        "pruned_at": at,
        "rule": rule,
        "runs": list(runs),
        "texts": list(texts),
        "notices": list(notices),
    }
    write_whole(path, orjson.dumps(record, option=orjson.OPT_INDENT_2))
    return path
