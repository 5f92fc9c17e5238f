"""What a finding stands on can be shown, looked at, handed on and asked again."""

import hashlib
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from analytics.judging.assess import assess
from analytics.notices.page_picture import browser, close_up, picture
from analytics.review.evidence import Evidence, evidence_of, lines
from analytics.review.page_copy import markup_of, page_copy
from govcrawl.cli.evidence import evidence
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page
from govcrawl.records.errors import UserError
from govcrawl.records.evidence import Copy, TaskArchive, keep_cited, warc_of
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.analytics.frames import TODAY
from tests.pages.tampering.blocks import WAYS, WORDS
from tests.texts.test_files import document
from tests.warehouse.folders import HOME, PORTAL, Folders, page, site_visit

URL = HOME[PORTAL]
MARKUP = (
    '<!DOCTYPE html><html><head><meta charset="gbk"><title>岚川市人民政府</title></head><body>'
    f"<ul>{'<li><a href=/dt/>岚川要闻：全市工作会议召开</a></li>' * 5}</ul>{WAYS['far'](WORDS)}</body></html>"
)
BODY = MARKUP.encode("gbk")
SHA256 = hashlib.sha256(BODY).hexdigest()
HEADERS = (("Server", "nginx"), ("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip"))


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A data directory with one judged night that found a planted block; its data, and the key of the finding."""
    folders = Folders(tmp_path_factory.mktemp("judged"))
    read = read_page(BODY, URL, content_type=HEADERS[1][1], as_of=TODAY, memo=LinkMemo(URL))
    run = folders.run(
        "site",
        page(PORTAL, read_state="read", planted_sought=True, planted=read.planted, body_sha256=SHA256),
        site_visit(PORTAL),
    )
    archive = TaskArchive(folders.folder(run), PORTAL, 1 << 20)
    copy = Copy(URL, "2026-11-22T03:00:00Z", HEADERS[1][1], BODY, 200, HEADERS, ("http://lanchuan.gov.cn/",))
    archive.add(SHA256, copy)
    archive.close()
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 12, tzinfo=UTC))
    with Snapshot.open(folders.data) as snapshot:
        folder = assess(snapshot, edition="inspection-2019", as_of=TODAY, out=folders.data / "assessments")
    keep_cited(folders.data, folder)
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 13, tzinfo=UTC))
    with Snapshot.open(folders.data) as snapshot:
        found = snapshot.frame("finding")
    return folders.data, found.loc[found["check_id"] == "hidden-link", "finding_key"].item()


def test_page_head_way_and_marked_place_are_shown(judged):
    data, key = judged
    shown = evidence_of(data, f"F-{key}")
    account = "\n".join(lines(shown))

    assert shown.copy is not None
    assert ((*HEADERS,), 200, BODY) == (shown.copy.headers, shown.copy.status, shown.copy.body)
    assert WORDS[0][0] == shown.markup[shown.position :][: len(WORDS[0][0])]
    assert f"【{WORDS[0][0]}" in shown.excerpt
    for told in (
        "hidden-link",
        "hxxp://lanchuan[.]gov[.]cn/",
        "Server: nginx",
        "way         far",
        "北京赛车",
    ):
        assert told in account
    assert account.endswith(f"govcrawl page {URL} --explain")
    assert "http://www.bjsc888.com" not in account  # nobody is led there by a click


def test_other_tools_read_the_warc(judged, tmp_path):
    data, key = judged
    file = tmp_path / "f.warc.gz"
    result = CliRunner().invoke(evidence, [key, "--data", str(data), "--warc", str(file)])
    assert 0 == result.exit_code, result.output

    with file.open("rb") as stream:
        [record] = list(_read(stream))
    assert ("response", URL, BODY, "200", "text/html; charset=gbk", "http://lanchuan.gov.cn/") == record


def _read(stream):
    for record in ArchiveIterator(stream, check_digests=True):
        yield (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.content_stream().read(),
            record.http_headers.get_statuscode(),
            record.http_headers.get_header("Content-Type"),
            record.rec_headers.get_header("Govcrawl-Passed-Through"),
        )


def test_a_folder_holds_account_page_picture_and_warc(judged, tmp_path):
    data, key = judged
    result = CliRunner().invoke(evidence, [key, "--data", str(data), "--out", str(tmp_path / "out")])

    assert 0 == result.exit_code, result.output
    assert {"finding.txt", "page.html", "page.png", "page.warc.gz"} == {
        path.name for path in (tmp_path / "out").iterdir()
    }
    framed = (tmp_path / "out" / "page.png").read_bytes()
    picture(evidence_of(data, key).markup, None, tmp_path / "bare.png")
    assert framed.startswith(b"\x89PNG")
    assert framed != (tmp_path / "bare.png").read_bytes()  # what the page hides is shown, and framed


def test_a_close_up_shows_the_place_in_its_frame(judged):
    data, key = judged
    found = evidence_of(data, key)
    tall = found.markup.replace("<ul>", '<ul style="height:5000px">', 1)
    with browser() as context:
        framed, top = (close_up(context, tall, place, "") for place in (found.facts["place"], None))
        by_words = close_up(context, "<p>甲</p>" * 400 + "<p>这里攻府写错了</p>", None, "攻府")
        red = close_up(context, "<p>甲</p>" * 400, None, "没有的字")
    assert all(shot.startswith(b"\xff\xd8") for shot in (framed, top, by_words, red))
    assert framed != top
    assert by_words != red


@pytest.mark.parametrize("name", ["0123", "F-xyz", "0" * 16])
def test_what_is_no_finding_is_told_so(judged, name):
    with pytest.raises(UserError, match=r"no finding|is no finding"):
        evidence_of(judged[0], name)


def test_a_page_that_was_not_kept_has_no_warc(judged):
    assert warc_of(judged[0], "0" * 64) is None


def test_an_attachment_is_shown_by_its_text_and_asked_again_as_a_file():
    url = f"{URL}list.docx"
    copy = Copy(url, "2026-11-22T03:00:00Z", "application/octet-stream", document())

    assert "" == markup_of(copy)  # nothing is looked for in its bytes, and no picture drawn of them
    assert "抓紧按装设备。" in page_copy(SHA256, copy)
    found = Evidence({"subject_url": url, "origin_url": URL}, {}, copy, "", -1, 0, 0)
    assert f"govcrawl text {url}" == found.command
    for way, command in (("lists", f"govcrawl text {URL}"), ("reposts", f"govcrawl page {URL} --explain")):
        facts = {"text_sha256": SHA256, "way": way}
        assert (
            command == Evidence({"subject_url": URL, "origin_url": None}, facts, None, "", -1, 0, 0).command
        )
