"""Writes the documents of one assessment: a folder that appears whole, its manifest `notice.json` last."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from analytics.editions import load_edition
from analytics.notices.campaign import Campaign
from analytics.notices.circular import circular
from analytics.notices.environment import render, wording
from analytics.notices.rectification_notice import rectification_notices
from analytics.notices.results import read_results
from analytics.notices.text import shown
from govcrawl.errors import EditionError
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.editions import Edition
    from analytics.notices.results import Results


@dataclass(frozen=True, slots=True)
class NoticeSet:
    folder: Path
    circular: Path
    notices: tuple[Path, ...]


def write_notices(data: Path, assessment_id: str, campaign: Campaign | None = None) -> NoticeSet:
    """Circular and rectification notices of one assessment, from the published snapshot.

    The last earlier assessment by the same edition is the one the circular compares itself with. Without a campaign
    file the documents are drafts with marked blanks. Writing again replaces the folder with the same bytes.
    """
    campaign = campaign or Campaign()
    with Snapshot.open(data) as snapshot:
        results = read_results(snapshot, assessment_id)
        before = _previous(snapshot, results)
        previous = read_results(snapshot, before) if before else None
        start, end = (
            (campaign.check_start_on or results.check_start_on),
            (campaign.check_end_on or results.as_of),
        )
    edition = load_edition(results.edition)
    if edition.sha256 != results.edition_sha256:
        raise EditionError(
            f"edition {edition.id} was edited after it judged {assessment_id} (hash {edition.sha256[:12]} instead of "
            f"{results.edition_sha256[:12]}): restore the file, or judge again under a new edition name"
        )
    shared = {"campaign": campaign, "edition": edition, "results": results, "verdicts": wording()["verdict"]}
    notice_id = assessment_id if campaign == Campaign() else f"{assessment_id}-{_digest(campaign)}"
    documents = {
        "circular.html": render(
            "circular",
            c=circular(results, edition, previous, campaign.decimals),
            check_start_on=start,
            check_end_on=end,
            **shared,
        )
    }
    for number, notice in enumerate(rectification_notices(results, edition), 1):
        documents[f"notices/{number:03d}-{_file_stem(notice.unit)}.html"] = render(
            "rectification_notice", n=notice, notice_no=f"{notice_id}-{number:03d}", **shared
        )
    folder = data / "notices" / notice_id
    _write_folder(folder, documents, _manifest(notice_id, results, edition, before))
    return NoticeSet(
        folder, folder / "circular.html", tuple(folder / p for p in documents if p != "circular.html")
    )


def _previous(snapshot: Snapshot, results: Results) -> str | None:
    known = snapshot.frame("assessment")
    earlier = known[(known["edition"] == results.edition) & (known["as_of"].dt.date < results.as_of)]
    return (
        None
        if earlier.empty
        else str(earlier.sort_values(["as_of", "assessment_id"]).iloc[-1]["assessment_id"])
    )


def _manifest(notice_id: str, results: Results, edition: Edition, previous: str | None) -> dict[str, object]:
    return {
        "notice_id": notice_id,
        "assessment_id": results.assessment_id,
        "previous_assessment_id": previous,
        "as_of": results.as_of.isoformat(),
        "edition": edition.id,
        "edition_sha256": edition.sha256,
        "snapshot": results.snapshot,
    }


def _write_folder(folder: Path, documents: dict[str, str], manifest: dict[str, object]) -> None:
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    files = []
    for name, content in sorted(documents.items()):
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        files.append({"path": name, "sha256": hashlib.sha256(content.encode()).hexdigest()})
    (beside / "notice.json").write_text(
        json.dumps(manifest | {"files": files}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    replaced = folder.with_name(f".{folder.name}.replaced")
    shutil.rmtree(replaced, ignore_errors=True)
    if folder.exists():
        folder.rename(replaced)
    beside.rename(folder)
    shutil.rmtree(replaced, ignore_errors=True)


def _digest(campaign: Campaign) -> str:
    return hashlib.sha256(json.dumps(asdict(campaign), default=str, sort_keys=True).encode()).hexdigest()[:8]


def _file_stem(unit: str) -> str:
    return re.sub(r"[^\w-]+", "_", shown(unit, 40)).strip("_") or "unit"
