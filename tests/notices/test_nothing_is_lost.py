"""Writing renews what it was asked for and leaves everything else; one number, one document; only that one is issued."""

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from analytics.notices.campaign import CampaignError, read_campaign
from analytics.notices.issue import IssueError, issue
from analytics.notices.write import refuse_before_the_night, write_notices
from govcrawl.cli.main import run
from govcrawl.records.errors import FolderError
from govcrawl.records.whole import sha256_of
from tests.notices.golden import CAMPAIGN
from tests.warehouse.folders import TODAY

UNNAMED = replace(CAMPAIGN, documents=())
WITH_ANNEXES = ("circular", "rectification_notice")
"""What is issued together; the other documents take as long again to write."""


@pytest.fixture
def office(judged, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices", "issued"))
    return data, judged.assessments[1]


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "notice.json"
    }


def text_of(docx: Path) -> bytes:
    with zipfile.ZipFile(docx) as package:
        return package.read("word/document.xml")


def manifest_of(folder: Path) -> dict:
    return json.loads((folder / "notice.json").read_text("utf-8"))


def test_another_document_is_added_to_what_stands_there(office):
    data, assessment = office
    folder = write_notices(data, assessment).folder
    before, manifest = files_of(folder), manifest_of(folder)
    write_notices(data, assessment, documents=["annual_work_report"])
    after = files_of(folder)

    assert before == {path: after[path] for path in before}
    assert any(path.startswith("annual_work_report") for path in after.keys() - before.keys())
    now = manifest_of(folder)
    assert set(after) == {file["path"] for file in now["files"]}
    assert manifest["notices"] == now["notices"] != []
    assert [each["kind"] for each in manifest["documents"]] == [
        each["kind"] for each in now["documents"] if each["kind"] != "annual_work_report"
    ]


def test_a_file_ended_by_hand_stays_and_the_new_one_is_put_beside_it(office):
    data, assessment = office
    folder = write_notices(data, assessment, CAMPAIGN, documents=WITH_ANNEXES, formats=("docx",)).folder
    clerk = folder / "circular.docx"
    fresh = text_of(clerk)
    ended = docx.Document(clerk)
    ended.add_paragraph("（经核实）")
    ended.save(clerk)
    by_hand = clerk.read_bytes()
    note = folder / "to-do.txt"
    note.write_text("put there by hand")

    again = write_notices(data, assessment, CAMPAIGN, documents=["circular"], formats=("docx",))
    assert by_hand == clerk.read_bytes()
    assert "put there by hand" == note.read_text()
    assert fresh == text_of(folder / "circular-new.docx")
    assert ((clerk, folder / "circular-new.docx"),) == again.kept

    write_notices(
        data, assessment, CAMPAIGN, documents=WITH_ANNEXES, formats=("docx",)
    )  # nothing is changed by hand anew
    assert ["circular-new.docx", "circular.docx"] == sorted(p.name for p in folder.glob("circular*.docx"))
    (folder / "circular-new.docx").write_bytes(b"this one too")
    last = write_notices(data, assessment, CAMPAIGN, documents=WITH_ANNEXES, formats=("docx",))
    assert b"this one too" == (folder / "circular-new.docx").read_bytes()
    assert fresh == text_of(folder / "circular-new-2.docx")
    assert (clerk, folder / "circular-new-2.docx") in last.kept

    frozen = issue(data, folder.name)
    assert by_hand == (frozen / "circular.docx").read_bytes()
    assert not list(frozen.glob("*-new*"))


def test_the_command_says_which_file_it_left(office, capsys):
    data, assessment = office
    folder = write_notices(data, assessment, documents=["circular"]).folder
    (folder / "circular.html").write_text("a clerk's own")

    assert 0 == run(["notices", "--data", str(data), "--assessment", assessment, "--documents", "circular"])
    said = capsys.readouterr().err
    assert f"{folder / 'circular.html'} was changed by hand and stays" in said
    assert f"{folder / 'circular-new.html'}" in said
    assert "a clerk's own" == (folder / "circular.html").read_text()


def test_other_formats_are_renewed_with_their_document(office):
    """A DOCX that was asked for once never says something else than the HTML beside it."""
    data, assessment = office
    folder = write_notices(data, assessment, documents=WITH_ANNEXES, formats=("docx",)).folder
    docx = folder / "circular.docx"
    kept, written = docx.read_bytes(), docx.stat().st_mtime_ns
    write_notices(data, assessment, documents=WITH_ANNEXES)
    assert (kept, written) == (docx.read_bytes(), docx.stat().st_mtime_ns)  # the text came out the same

    manifest = folder / "notice.json"
    content = json.loads(manifest.read_text("utf-8"))
    (folder / "circular.html").write_text("as an older version wrote it")
    for file in content["files"]:
        if file["path"] == "circular.html":
            file["sha256"] = sha256_of(folder / "circular.html")
    manifest.write_text(json.dumps(content))
    write_notices(data, assessment, documents=["circular"])
    assert written != docx.stat().st_mtime_ns


def test_what_a_renewed_kind_no_longer_has_goes(office):
    data, assessment = office
    folder = write_notices(data, assessment, documents=WITH_ANNEXES).folder
    manifest = folder / "notice.json"
    content = json.loads(manifest.read_text("utf-8"))
    gone = folder / "notices" / "a-unit-of-yesterday.html"
    gone.write_text("told before")
    content["files"].append({"path": "notices/a-unit-of-yesterday.html", "sha256": sha256_of(gone)})
    notices = next(each for each in content["documents"] if each["kind"] == "rectification_notice")
    notices["html"].append("notices/a-unit-of-yesterday.html")
    manifest.write_text(json.dumps(content))

    write_notices(data, assessment, documents=["circular"])
    assert gone.exists()
    write_notices(data, assessment, documents=["rectification_notice"])
    assert not gone.exists()


def test_who_writes_into_the_folder_meanwhile_loses_nothing(office, monkeypatch):
    data, assessment = office
    folder = write_notices(data, assessment, documents=WITH_ANNEXES).folder
    before = files_of(folder)

    def meanwhile(*_args: object) -> None:
        (folder / "circular.html").write_text("saved by Word just now")

    monkeypatch.setattr("analytics.notices.write.print_pdfs", meanwhile)
    with pytest.raises(FolderError, match="somebody wrote into it"):
        write_notices(data, assessment, documents=WITH_ANNEXES)
    assert before.keys() == files_of(folder).keys()
    assert "saved by Word just now" == (folder / "circular.html").read_text()


# ---------- one number, one document


def test_two_documents_under_one_number_are_refused_before_anything_is_written(office, tmp_path):
    data, assessment = office
    two = replace(CAMPAIGN, documents=("circular", "content_report"))

    with pytest.raises(CampaignError, match="one number, one document"):
        write_notices(data, assessment, two)
    with pytest.raises(CampaignError, match="one number, one document"):
        write_notices(data, assessment, UNNAMED, documents=("circular", "content_report"))
    with pytest.raises(CampaignError, match="one number, one document"):
        refuse_before_the_night(data, two, TODAY)
    assert not (data / "notices").exists()
    file = tmp_path / "two.toml"
    file.write_text('number = "岚政办〔2026〕7号"\ndocuments = ["circular", "content_report"]\n')
    with pytest.raises(CampaignError, match=r"two\.toml: documents names circular and content_report"):
        read_campaign(file)


def test_a_second_document_under_a_number_written_before_is_refused(office):
    data, assessment = office
    folder = write_notices(data, assessment, CAMPAIGN).folder
    before = files_of(folder)

    with pytest.raises(CampaignError, match=rf"circular in {folder.name}"):
        write_notices(data, assessment, UNNAMED, documents=["content_report"])
    with pytest.raises(CampaignError, match="one number, one document"):
        write_notices(data, assessment, replace(CAMPAIGN, contact="王五", documents=("content_report",)))
    assert [folder] == list((data / "notices").glob("[!.]*"))
    assert before == files_of(folder)
    write_notices(data, assessment, UNNAMED, documents=["rectification_notice", "score_sheet"])  # its annexes


def test_without_a_name_the_number_is_the_circulars_and_only_it_leaves_with_its_notices(office):
    data, assessment = office
    written = write_notices(data, assessment, UNNAMED)
    circular, report = (written.of(kind)[0].read_text("utf-8") for kind in ("circular", "content_report"))

    assert CAMPAIGN.number in circular
    assert "草稿</strong>" not in circular
    assert CAMPAIGN.number not in report
    assert "尚待补充：发文字号" in report
    frozen = issue(data, written.folder.name)
    assert {path.name for path in frozen.glob("*")} == {
        "circular.html", "circular-figures.html", "notices", "issued.json",
    }  # fmt: skip
    assert "circular" == json.loads((frozen / "issued.json").read_text("utf-8"))["kind"]


def test_what_bears_no_number_is_not_issued(office):
    data, assessment = office
    folder = write_notices(data, assessment, replace(CAMPAIGN, documents=("score_sheet",))).folder

    with pytest.raises(IssueError, match="--documents circular"):
        issue(data, folder.name)
    assert not list((data / "issued").glob("*"))
