"""What is issued is frozen; nobody is told twice within a term; a correction cites what it corrects."""

import json
import os
import re
import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import duckdb
import pytest

from analytics.notices.campaign import CampaignError
from analytics.notices.issue import IssueError, issue
from analytics.notices.period import read_period
from analytics.notices.write import assessment_for, refuse_before_the_night, write_notices
from govcrawl.cli.main import run
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from tests.notices.golden import CAMPAIGN
from tests.warehouse.folders import TODAY, instant

FIRST = replace(
    CAMPAIGN,
    signed_on=TODAY - timedelta(days=1),
    deadline_on=TODAY - timedelta(days=1),
    period=read_period("第一次检查"),
)
SECOND = replace(FIRST, number="岚政办〔2026〕8号", signed_on=TODAY, deadline_on=TODAY + timedelta(days=10))


def text_of(path):
    return re.sub(
        r"<style>.*?</style>|<script>.*?</script>|<[^>]+>|\s", "", path.read_text("utf-8"), flags=re.DOTALL
    )


def test_an_issued_document_is_on_the_disk_before_it_stands_in_its_place(office, monkeypatch):
    data, (first, _) = office
    written = write_notices(data, first, FIRST)
    forced = []
    fsync = os.fsync

    def force(opened: int) -> None:
        forced.append(Path(f"/proc/self/fd/{opened}").readlink())
        fsync(opened)

    monkeypatch.setattr(os, "fsync", force)
    frozen = issue(data, written.folder.name)

    beside = forced[0].parents[len(forced[0].relative_to(data / "issued").parts) - 2]
    assert beside.name.startswith(".new-")
    inside = {path.relative_to(frozen) for path in frozen.rglob("*")} | {Path()}
    assert inside == {path.relative_to(beside) for path in forced if path.is_relative_to(beside)}
    assert data / "issued" == forced[-1]


def test_an_issued_document_is_a_read_only_copy_with_its_hashes(office):
    data, (first, _) = office
    written = write_notices(data, first, FIRST)
    frozen = issue(data, written.folder.name)
    record = json.loads((frozen / "issued.json").read_text("utf-8"))

    assert (FIRST.number, None, "circular") == (record["number"], record["cites"], record["kind"])
    assert {file["path"] for file in record["files"]} == {
        path.relative_to(written.folder).as_posix() for path in written.folder.rglob("*.html")
    }
    assert not any(path.stat().st_mode & stat.S_IWUSR for path in frozen.rglob("*") if path.is_file())
    told = {notice["unit"]: notice for notice in record["notices"]}
    assert "2026-11-21" == told["岚川市人民政府办公室"]["due_on"]
    assert told["岚川市人民政府办公室"]["finding_keys"]


def test_the_warehouse_takes_in_what_was_issued(office):
    data, (first, _) = office
    frozen = issue(data, write_notices(data, first, FIRST).folder.name)
    report = load_all(data)

    assert [frozen.name] == report.loaded
    assert [] == report.refused
    notices = json.loads((frozen / "issued.json").read_text())["notices"]
    told = {key for notice in notices for key in notice["finding_keys"]}
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as warehouse:
        known = warehouse.execute(
            "SELECT finding_key, notified_in, due_on FROM ledger WHERE finding_key IN "
            "(SELECT finding_key FROM issued_finding)"
        ).fetchall()
    assert {(key, frozen.name, date(2026, 11, 21)) for key in told} == set(
        known
    )  # at once, not from the next night on


def test_what_was_issued_is_never_written_or_issued_again(office):
    data, (first, second) = office
    folder = write_notices(data, first, FIRST).folder
    issue(data, folder.name)

    for again in (lambda: issue(data, folder.name), lambda: write_notices(data, first, FIRST)):
        with pytest.raises(IssueError, match="岚政办〔2026〕7号"):
            again()
    with pytest.raises(IssueError, match="next number"):
        write_notices(data, second, replace(SECOND, number=FIRST.number))
    assert not list((data / "notices").glob(".new-*"))


def test_a_fault_past_its_day_is_urged_and_cites_the_first_notice(office):
    data, (first, second) = office
    issue(data, write_notices(data, first, FIRST).folder.name)
    texts = [text_of(path) for path in write_notices(data, second, SECOND).of("rectification_notice")]

    assert 2 == len(texts)
    for text in texts:
        assert "整改催办单" in text
        assert "现予催办" in text
        assert re.search(r"岚政办〔2026〕7号-00[12]（2026年11月21日）", text)
        assert "逾期未整改问题清单" in text


def test_a_fault_within_its_term_is_not_told_again(office):
    data, (first, second) = office
    issue(data, write_notices(data, first, replace(FIRST, deadline_on=date(2026, 12, 1))).folder.name)

    assert () == write_notices(data, second, SECOND).of("rectification_notice")


def test_a_correction_cites_the_old_and_tells_again(office):
    data, (first, second) = office
    issue(data, write_notices(data, first, replace(FIRST, deadline_on=date(2026, 12, 1))).folder.name)
    written = write_notices(data, first, replace(SECOND, corrects=FIRST.number))
    record = json.loads((issue(data, written.folder.name) / "issued.json").read_text("utf-8"))

    assert ("correction", FIRST.number) == (record["kind"], record["cites"])
    assert 2 == len(record["notices"])
    assert f"更正《{FIRST.number}》" in text_of(written.of("circular")[0])
    with pytest.raises(IssueError, match="never issued"):
        write_notices(data, second, replace(SECOND, number="岚政办〔2026〕9号", corrects="岚政办〔2026〕1号"))


def test_the_circular_counts_what_became_of_the_notified_faults(office):
    data, (first, second) = office
    issue(data, write_notices(data, first, FIRST).folder.name)
    load_all(data)
    publish(data, instant(TODAY, 7))
    text = text_of(write_notices(data, second, SECOND).of("circular")[0])

    assert re.search(r"已向2家单位通知整改问题\d+个，经复查已整改1个，整改率\d+\.\d%；逾期未整改\d+个", text)


def test_drafts_and_altered_files_stay_in_the_house(office):
    data, (first, _) = office
    draft = write_notices(data, first).folder
    with pytest.raises(IssueError, match="draft"):
        issue(data, draft.name)
    with pytest.raises(IssueError, match=draft.name):
        issue(data, "2026-nothing")

    written = write_notices(data, first, FIRST)
    circular = written.of("circular")[0]
    circular.write_text(circular.read_text("utf-8").replace("不合格", "合格"), "utf-8")
    with pytest.raises(IssueError, match="altered"):
        issue(data, written.folder.name)
    assert not list((data / "issued").glob("*"))


def test_a_docx_may_be_ended_by_hand_as_long_as_its_parts_are_there(office):
    data, (first, _) = office
    written = write_notices(data, first, replace(FIRST, documents=("circular",)), formats=("html", "docx"))
    path = written.folder / "circular.docx"
    whole = path.read_bytes()

    path.write_bytes(b"no document")
    with pytest.raises(IssueError, match="edited by hand, and no longer has 全文"):
        issue(data, written.folder.name)

    path.write_bytes(whole)
    edited = docx.Document(path)
    gone = [each for each in edited.paragraphs if each.style.name in {"发文字号", "署名", "附件标题"}]
    for paragraph in gone:
        paragraph._p.getparent().remove(paragraph._p)
    edited.save(path)
    with pytest.raises(IssueError) as told:
        issue(data, written.folder.name)
    for part in (
        "发文字号“岚政办〔2026〕7号”",
        "署名和成文日期“2026年11月21日”",
        "附件“各单位政府网站检查情况表”",
    ):
        assert part in str(told.value)
    assert not list((data / "issued").glob("*"))

    path.write_bytes(whole)
    edited = docx.Document(path)
    for table in edited.tables:
        table._tbl.getparent().remove(table._tbl)
    edited.save(path)
    with pytest.raises(IssueError, match="no longer has 附件的表格“各单位政府网站检查情况表”"):
        issue(data, written.folder.name)

    path.write_bytes(whole)
    edited = docx.Document(path)
    edited.paragraphs[8].add_run("（经核实）")
    edited.save(path)
    assert (issue(data, written.folder.name) / "circular.docx").read_bytes() == path.read_bytes()


def test_a_campaign_finds_the_assessment_of_its_time(office):
    data, (first, second) = office

    assert second == assessment_for(data, SECOND)
    assert first == assessment_for(data, replace(SECOND, check_end_on=TODAY - timedelta(days=1)))
    with pytest.raises(CampaignError, match="no assessment lies between 2026-01-01 and 2026-03-31"):
        assessment_for(data, replace(SECOND, period=read_period("2026-Q1")))


def test_a_campaign_of_another_time_is_refused_before_the_night(office):
    data, (first, _) = office
    issue(data, write_notices(data, first, FIRST).folder.name)

    refuse_before_the_night(data, SECOND, TODAY)
    with pytest.raises(CampaignError, match="of its own day"):
        refuse_before_the_night(data, replace(SECOND, period=read_period("2026-Q1")), TODAY)
    with pytest.raises(IssueError, match="next number"):
        refuse_before_the_night(data, FIRST, TODAY)


def test_the_commands_print_figures_and_issue_and_say_plainly_what_is_wrong(office, capsys):
    data, (first, _) = office
    folder = write_notices(data, first, FIRST).folder

    assert 0 == run(["notices", "--data", str(data), "--assessment", first, "--figures"])
    assert "-- failed 不合格网站: 1\nSELECT count(*) FROM (" in capsys.readouterr().out
    assert 0 == run(["issue", "--data", str(data), folder.name])
    assert f"{data / 'issued' / folder.name}\n" == capsys.readouterr().out
    assert 1 == run(["issue", "--data", str(data), folder.name])
    assert "it never changes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"edition": "census-2015"}, "judged by edition inspection-2019"),
        ({"assessment": "2020-01-01-none"}, "about assessment 2020-01-01-none"),
        ({"period": read_period("2026-Q1")}, "outside the period"),
        ({"check_start_on": date(2026, 11, 23)}, "outside the period"),
        ({"praise": ("岚川市防护局", "没有这个单位")}, "answers for no site"),
    ],
)
def test_a_campaign_that_speaks_of_something_else_is_refused_before_anything_is_written(
    office, change, complaint
):
    data, (_, second) = office

    with pytest.raises(CampaignError, match=complaint):
        write_notices(data, second, replace(SECOND, **change))
    assert not list((data / "notices").glob("*"))
