"""Notices by mail: looked at first, as drafts, through a real server; recorded, never twice, and what is refused is told."""

import json
import shutil
import socketserver
import threading
from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO

import openpyxl
import pytest

from analytics.notices.issue import issue
from analytics.notices.write import write_notices
from govcrawl import settings
from govcrawl.cli.main import run
from govcrawl.records.sent import sent_before
from tests.mail_server import Mail
from tests.notices.golden import CAMPAIGN

TRAFFIC, OFFICE = "岚川市交通局", "岚川市人民政府办公室"  # one with an address, one without


@pytest.fixture(scope="module")
def issued(prefecture, tmp_path_factory):
    judged, _written = prefecture
    data = tmp_path_factory.mktemp("send") / "data"
    left_out = shutil.ignore_patterns("notices", "issued", "runs")
    shutil.copytree(judged.data, data, symlinks=True, ignore=left_out)
    campaign = replace(CAMPAIGN, number="岚政办〔2026〕9号")
    written = write_notices(data, judged.assessments[-1], campaign, formats=("html", "xlsx"))
    return data, issue(data, written.folder.name).name


@pytest.fixture
def office(issued):
    data, notice_id = issued
    yield data, notice_id
    shutil.rmtree(data / "sent", ignore_errors=True)


@pytest.fixture
def server(monkeypatch):
    class Server(Mail):
        got = []
        refuses = ()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        monkeypatch.setattr(settings, "ALARM_SMTP", f"smtp://127.0.0.1:{listening.server_address[1]}")
        monkeypatch.setattr(settings, "ALARM_MAIL_FROM", "office@lanchuan.example")
        yield Server
        listening.shutdown()


def test_nothing_goes_unless_it_is_asked_for(office, server, capsys):
    data, notice_id = office
    assert 1 == run(["send", "--data", str(data), notice_id])  # a unit has no address: said, not passed over

    told = capsys.readouterr()
    assert f"would send {TRAFFIC} <jt@lanchuan.example>: 整改通知（岚政办〔2026〕9号-" in told.out
    assert "dry run" in told.out
    assert "no mail address" in told.err
    assert [] == server.got
    assert not (data / "sent").exists()


def test_a_unit_gets_its_notice_with_its_list_of_faults_once(office, server, capsys):
    data, notice_id = office
    words = ["send", "--data", str(data), notice_id, "--smtp", "--only", TRAFFIC]
    assert 0 == run(words)

    (mail,) = server.got
    message = message_from_bytes(mail, policy=policy.default)
    assert "jt@lanchuan.example" == message["To"]
    assert "X-Unsent" not in message
    assert message.get_body().get_content().startswith(f"{TRAFFIC}：")
    attached = {
        part.get_filename().rsplit(".", 1)[-1]: part.get_content() for part in message.iter_attachments()
    }
    assert {"xlsx", "html"} == set(attached)
    assert openpyxl.load_workbook(BytesIO(attached["xlsx"])).sheetnames
    (sent,) = sent_before(data, notice_id).values()
    assert (TRAFFIC, "jt@lanchuan.example", message["Message-ID"]) == (sent.unit, sent.to, sent.message_id)
    assert 2 == len(sent.attachments)

    capsys.readouterr()
    assert 0 == run(words)
    assert 1 == len(server.got)
    assert f"sent before: {TRAFFIC}" in capsys.readouterr().out
    assert 0 == run([*words, "--again"])
    assert 2 == len(server.got)


def test_a_server_that_refuses_an_address_or_everything_loses_nothing(office, server, monkeypatch, capsys):
    data, notice_id = office
    server.refuses = (b"jt@",)
    words = ["send", "--data", str(data), notice_id, "--smtp", "--only", TRAFFIC]
    assert 1 == run(words)
    assert (
        f"{TRAFFIC} <jt@lanchuan.example>: the mail server refused it: 550 no such user here"
        in capsys.readouterr().err
    )
    assert {} == sent_before(data, notice_id)

    monkeypatch.setattr(settings, "ALARM_SMTP", "smtp://127.0.0.1:9")
    assert 1 == run(words)
    assert "the same command sends the rest" in capsys.readouterr().err
    monkeypatch.setattr(settings, "ALARM_SMTP", "")
    assert 1 == run(words)
    assert "--smtp needs GOVCRAWL_SMTP" in capsys.readouterr().err


def test_drafts_are_files_a_mail_program_opens_and_are_not_recorded(office, server, tmp_path):
    data, notice_id = office
    assert 1 == run(["send", "--data", str(data), notice_id, "--drafts", str(tmp_path / "letters")])

    (draft,) = (tmp_path / "letters").glob("*.eml")
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert ("1", "jt@lanchuan.example") == (message["X-Unsent"], message["To"])
    assert [] == server.got
    assert {} == sent_before(data, notice_id)


def test_what_was_not_issued_or_was_altered_since_is_not_sent(office, server, capsys):
    data, notice_id = office
    assert 1 == run(["send", "--data", str(data), "2026-no-such", "--smtp"])
    assert "no such document; issued are" in capsys.readouterr().err
    assert 1 == run(["send", "--data", str(data), notice_id, "--only", "无此单位"])
    assert "no unit that" in capsys.readouterr().err

    manifest = json.loads((data / "issued" / notice_id / "issued.json").read_text("utf-8"))
    path = next(file["path"] for file in manifest["files"] if file["path"].endswith(f"{TRAFFIC}.xlsx"))
    altered = data / "issued" / notice_id / path
    before = altered.read_bytes()
    altered.chmod(0o600)
    altered.write_bytes(before + b"x")
    assert 1 == run(["send", "--data", str(data), notice_id, "--smtp"])
    assert "not as it was issued" in capsys.readouterr().err
    assert [] == server.got
    altered.write_bytes(before)
