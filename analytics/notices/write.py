"""Writes the documents of one assessment into a folder that appears whole; its manifest `notice.json` is written last.

What the folder held before and was not asked for again stays (`renewal`); the campaign's number goes to one document
(`numbering`). HTML is always written; PDF, DOCX and XLSX are made from it where they are asked for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from analytics.editions.chosen import edition_of
from analytics.notices.campaign import Campaign, CampaignError, fits
from analytics.notices.catalogue import DOCUMENT_KINDS, kinds
from analytics.notices.environment import render, rendered_parts
from analytics.notices.evidence_pictures import evidence_pictures
from analytics.notices.folders import issued_folders, written_folders
from analytics.notices.formats.as_docx import write_docx
from analytics.notices.formats.as_pdf import NoBrowserError, print_pdfs
from analytics.notices.formats.as_xlsx import write_xlsx
from analytics.notices.intranet.night_status import missed_between
from analytics.notices.issue import may_be_written
from analytics.notices.material import Material
from analytics.notices.numbering import TELLS, bearer, kinds_under
from analytics.notices.renewal import carry_over, files_of, folder_content, same_text
from analytics.notices.results import read_results, read_verdicts
from analytics.words.wording import wording
from govcrawl.records.whole import WRITTEN_MANIFEST, folder_begun, put_in_place
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from analytics.notices.catalogue import DocumentKind
    from analytics.notices.folders import UnitNotice
    from analytics.notices.renewal import FolderContent
    from analytics.notices.results import Results
    from analytics.notices.traced_figures import Figure


_LATER_KEYS = {"compare", "ranking"}  # keys of a campaign: folders written before them keep their names


@dataclass(frozen=True, slots=True)
class NoticeSet:
    """What was written: the HTML of each kind of document, and what could not be written, with the reason.

    `kept` are files that people had changed, each with the new one that was put beside it.
    """

    folder: Path
    written: dict[str, tuple[Path, ...]]
    missing: tuple[str, ...]
    kept: tuple[tuple[Path, Path], ...] = ()

    def of(self, stem: str) -> tuple[Path, ...]:
        """The HTML files of one kind of document."""
        return self.written.get(stem, ())


@dataclass(frozen=True, slots=True)
class _Output:
    """What was written now: HTML by kind of document, the notices to units, and what could not be written."""

    titles: dict[str, str]  # of all kinds asked for, also where there is nothing to tell
    written: dict[str, list[str]]
    unit_notices: list[UnitNotice]
    missing: list[str]


def write_notices(
    data: Path,
    assessment_id: str,
    campaign: Campaign | None = None,
    *,
    documents: Sequence[str] = (),
    formats: Sequence[str] = ("html",),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> NoticeSet:
    """The documents of one assessment, from the published snapshot.

    The last earlier assessment by the same edition is the one they compare themselves with. Without a campaign
    file they are drafts with marked blanks. Writing again renews the documents asked for, and leaves the others and
    whatever people changed. `progress` is told of the PDFs printed, which take their time.
    """
    campaign = campaign or Campaign()
    chosen = kinds(documents or campaign.documents)
    with Snapshot.open(data) as snapshot:
        material = _material(data, snapshot, assessment_id, campaign)
        is_draft_of_the_night = campaign == Campaign()  # made anew each morning: without pictures
        if not is_draft_of_the_night and any(kind.pictured for kind in chosen):
            material = replace(material, pictures=evidence_pictures(data, material.results.findings))
        bears = bearer(campaign, documents, written_folders(data / "notices"))
        folder = data / "notices" / material.notice_id
        with folder_begun(folder.parent) as beside:
            earlier = folder_content(folder)
            output = _write_documents(beside, material, chosen, bears, formats, earlier, progress)
            put_beside = carry_over(earlier, beside, [kind.stem for kind in chosen])
            _write_manifest(beside, material, bears, output, earlier, put_beside)
            put_in_place(beside, folder, last_look=earlier.unchanged)
    return NoticeSet(
        folder,
        {stem: tuple(folder / path for path in paths) for stem, paths in output.written.items()},
        tuple(output.missing),
        tuple((folder / by_hand, folder / new) for new, by_hand in put_beside.items()),
    )


def assessment_for(data: Path, campaign: Campaign) -> str:
    """The assessment a campaign speaks of: the one it names, else the newest of its time and edition.

    Where it names no edition, that of the office; a time in which the office worked by another is spoken of by what judged it.
    """
    if campaign.assessment:
        return campaign.assessment
    with Snapshot.open(data) as snapshot:
        assessments = snapshot.frame("assessment").sort_values(["as_of", "created_at"])
        office = set(snapshot.frame("office_edition")["edition"])
    days = assessments["as_of"].dt.date
    first, last = campaign.days
    of_time = assessments[(days >= (first or date.min)) & (days <= (last or date.max))]
    of_office = of_time[of_time["edition"].isin(office)]
    of_edition = (
        of_time[of_time["edition"] == campaign.edition]
        if campaign.edition
        else of_time
        if of_office.empty
        else of_office
    )
    if of_edition.empty:
        edition = f" by edition {campaign.edition}" if campaign.edition else ""
        raise CampaignError(
            f"{data}: no assessment{edition} lies between {first or '…'} and {last or '…'}, the time of the campaign; "
            f"published are those of {', '.join(sorted({day.isoformat() for day in days})) or 'no day'}"
        )
    return str(of_edition.iloc[-1]["assessment_id"])


def refuse_before_the_night(data: Path, campaign: Campaign, as_of: date) -> None:
    """Refuse a campaign that could not be written after the night, before any site is burdened."""
    may_be_written("", campaign, issued_folders(data / "issued"))
    bearer(campaign, (), written_folders(data / "notices"))
    first, last = campaign.days
    if campaign.assessment or not (first or date.min) <= as_of <= (last or date.max):
        raise CampaignError(
            f"the campaign speaks of {campaign.assessment or f'{first} to {last}'}, and the night to come is of {as_of}; "
            "give the night a campaign of its own day, or none, and write that one with `govcrawl notices`"
        )


def figures_of(
    data: Path, assessment_id: str, campaign: Campaign | None = None, *, documents: Sequence[str] = ()
) -> list[Figure]:
    """Every traceable figure of the documents, as they would be written; nothing is."""
    campaign = campaign or Campaign()
    with Snapshot.open(data) as snapshot:
        material = _material(data, snapshot, assessment_id, campaign)
        bears = bearer(campaign, documents, written_folders(data / "notices"))
        return [
            figure
            for kind in kinds(documents or campaign.documents)
            for document in kind.documents(_numbered(material, kind, bears))
            for figure in document.figures
        ]


def _material(data: Path, snapshot: Snapshot, assessment_id: str, campaign: Campaign) -> Material:
    results = read_results(snapshot, assessment_id)
    notice_id = assessment_id if campaign == Campaign() else f"{assessment_id}-{_digest(campaign)}"
    issued = tuple(issued_folders(data / "issued"))
    may_be_written(notice_id, campaign, issued)
    fits(campaign, results, snapshot)
    before = _previous(snapshot, results, campaign)
    previous = read_verdicts(snapshot, before) if before else None
    return Material(
        notice_id=notice_id,
        snapshot=snapshot,
        results=results,
        previous=previous,
        missed=tuple(missed_between(data, previous.as_of, results.as_of)) if previous else (),
        edition=edition_of(data / "assessments" / assessment_id),
        campaign=campaign,
        issued=issued,
    )


def _numbered(material: Material, kind: DocumentKind, bears: str) -> Material:
    """The material of one kind of document: without the number where that is another's."""
    return material.without_number() if kind.numbered and kind.stem not in kinds_under(bears) else material


def _previous(snapshot: Snapshot, results: Results, campaign: Campaign) -> str | None:
    """The newest assessment by the same edition from before the period, or from before the day where there is none."""
    assessments = snapshot.frame("assessment")
    period = campaign.period
    first = (period.start_on if period else None) or results.as_of
    earlier = assessments[
        (assessments["edition"] == results.edition) & (assessments["as_of"].dt.date < first)
    ]
    if earlier.empty:
        return None
    return str(earlier.sort_values(["as_of", "created_at", "assessment_id"]).iloc[-1]["assessment_id"])


def _write_documents(
    folder: Path,
    material: Material,
    chosen: Sequence[DocumentKind],
    bears: str,
    formats: Sequence[str],
    earlier: FolderContent,
    progress: Callable[[int, int], None],
) -> _Output:
    titles = {kind.stem: kind.title for kind in chosen}
    written: dict[str, list[str]] = {stem: [] for stem in titles}
    unit_notices: list[UnitNotice] = []
    to_print: list[tuple[Path, Path]] = []
    for kind in chosen:
        numbered = _numbered(material, kind, bears)
        shared = {
            "campaign": numbered.campaign,
            "edition": material.edition,
            "results": material.results,
            "material": numbered,
            "verdicts": wording()["verdict"],
            "night_state": wording()["night_state"],
        }
        for document in kind.documents(numbered):
            html = folder / f"{document.path}.html"
            html.parent.mkdir(parents=True, exist_ok=True)
            text = render(
                kind.stem,
                styles=kind.styles,
                images=bool(document.pictures),
                c=document.context,
                document=document,
                **shared,
            )
            html.write_text(text, "utf-8")
            written[kind.stem].append(f"{document.path}.html")
            if document.unit_notice:
                unit_notices.append(document.unit_notice)
            if document.figures:
                with (folder / f"{document.figures_path}.html").open("w", encoding="utf-8") as listed:
                    listed.writelines(rendered_parts("figures", document=document, **shared))
            old = () if same_text(earlier, folder, f"{document.path}.html") else kind.formats
            also = [
                each
                for each in kind.formats
                if each in formats or (each in old and earlier.has(f"{document.path}.{each}"))
            ]
            if "docx" in also:
                write_docx(text, html.with_suffix(".docx"), material.results.as_of)
            if "xlsx" in also and document.annexes:
                write_xlsx(document.annexes, html.with_suffix(".xlsx"), material.campaign.decimals)
            if "pdf" in also:
                to_print.append((html, html.with_suffix(".pdf")))
    try:
        print_pdfs(to_print, progress)
    except NoBrowserError as error:
        for _, pdf in to_print:
            pdf.unlink(missing_ok=True)
        return _Output(titles, written, unit_notices, [f"PDF: {error}"])
    return _Output(titles, written, unit_notices, [])


def _write_manifest(
    folder: Path,
    material: Material,
    bears: str,
    output: _Output,
    earlier: FolderContent,
    put_beside: dict[str, str],
) -> None:
    issued_before = sorted(each.number for each in material.issued)
    documents = {
        each["kind"]: {"issued_before": earlier.manifest.get("issued_before", []), **each}
        for each in earlier.documents
    } | {
        kind: {
            "kind": kind,
            "title": output.titles[kind],
            "html": html,
            "issued_before": issued_before,
        }
        for kind, html in output.written.items()
    }
    notices = (
        [asdict(each) for each in output.unit_notices]
        if TELLS in output.written
        else list(earlier.manifest.get("notices", []))
    )
    manifest = {
        "notice_id": material.notice_id,
        "assessment_id": material.results.assessment_id,
        "previous_assessment_id": material.previous.assessment_id if material.previous else None,
        "as_of": material.results.as_of.isoformat(),
        "edition": material.edition.id,
        "edition_sha256": material.edition.sha256,
        "snapshot": material.results.snapshot,
        "campaign": asdict(material.campaign),
        "draft": bool(material.campaign.missing),
        "bearer": bears,
        "documents": [documents[kind.stem] for kind in DOCUMENT_KINDS if kind.stem in documents],
        "notices": notices,
        "missing": output.missing,
        "files": files_of(folder, earlier, put_beside),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, default=str)
    (folder / WRITTEN_MANIFEST).write_text(text + "\n", "utf-8")


def _digest(campaign: Campaign) -> str:
    """Which documents are written does not make it another campaign; nor does a key it leaves out that came later."""
    values = asdict(replace(campaign, documents=()))
    values = {key: value for key, value in values.items() if key not in _LATER_KEYS or value}
    return hashlib.sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()[:8]
