"""Beside a fault stands a picture of its place, drawn from the page put aside: only where the place is found, and nothing private."""

import gzip
import hashlib
import json
from base64 import b64decode
from io import BytesIO

import docx
import pandas as pd
import pytest

from analytics.notices.evidence_pictures import A_UNIT, EvidencePicture, _without_private, evidence_pictures
from analytics.notices.formats.as_docx import write_docx
from govcrawl.network.chromium import find_browser
from govcrawl.records.evidence import Copy, _place, _record
from tests.warehouse.folders import TODAY

PAGE = (
    "<html><head><title>通知</title></head><body><p>联系人钱某，身份证号341401199003070011。</p>"
    + "<p>正文</p>" * 200
    + "<p>会议传达学习了《中华人民共和国行政诉松法》有关规定。</p></body></html>"
).encode()


@pytest.fixture
def data(tmp_path):
    """A data directory that has put the page aside; gives it and the hash of the page."""
    if find_browser() is None:
        pytest.skip("no Chromium on this machine: install chromium to draw pictures")
    sha256 = hashlib.sha256(PAGE).hexdigest()
    place = _place(tmp_path, sha256)
    place.parent.mkdir(parents=True)
    copy = Copy(
        "http://www.lanchuan.gov.cn/1.html", "2026-11-22T03:00:00Z", "text/html; charset=utf-8", PAGE, 200
    )
    place.write_bytes(gzip.compress(_record(sha256, copy)))
    return tmp_path, sha256


def fault(key, check, sha256, unit="岚川市教育局", **facts):
    return {
        "finding_key": key, "check_id": check, "unit": unit, "evidence": json.dumps({**facts, "body_sha256": sha256}),
    }  # fmt: skip


def test_a_place_that_is_found_is_pictured_and_what_is_absent_private_or_not_kept_is_not(data):
    folder, sha256 = data
    wrong = "会议传达学习了《【中华人民共和国行政诉松法】》有关规定。"
    findings = pd.DataFrame([
        fault("found", "misstatement", sha256, excerpt=wrong),
        fault("by-place", "link-dead", sha256, position="html > body > p:nth-child(5)"),
        fault("absent", "typo", sha256, excerpt="【从未写过】"),
        fault("whole", "tags-missing", sha256),
        fault("private", "privacy-leak", sha256, excerpt="【341401**********14】"),
        fault("gone", "typo", "0" * 64, excerpt=wrong),
    ])  # fmt: skip
    drawn = evidence_pictures(folder, findings)

    assert {"found", "by-place"} == set(drawn)
    assert drawn["found"] != drawn["by-place"]
    for source in drawn.values():
        head, _, content = source.partition(",")
        assert ("data:image/jpeg;base64", b"\xff\xd8") == (head, b64decode(content)[:2])


def test_a_unit_has_a_few_pictures_the_wrong_words_first(data):
    folder, sha256 = data
    places = [
        fault(f"{number}", "link-dead", sha256, position=f"html > body > p:nth-child({number})")
        for number in range(2, 8)
    ]
    text = fault("text", "misstatement", sha256, excerpt="【行政诉松法】")
    drawn = evidence_pictures(folder, pd.DataFrame([*places, text]))

    assert A_UNIT == len(drawn)
    assert "text" in drawn


def test_what_is_private_on_a_page_is_starred_before_it_is_drawn():
    masked = _without_private(PAGE.decode())

    assert "341401199003070011" not in masked
    assert "中华人民共和国行政诉松法" in masked


def test_the_docx_shows_the_picture_with_its_words(data, tmp_path):
    folder, sha256 = data
    (source,) = evidence_pictures(
        folder, pd.DataFrame([fault("f", "typo", sha256, excerpt="【诉松】")])
    ).values()
    picture = EvidencePicture(source, "问题清单第1项")
    html = f'<main><figure><img src="{picture.source}" alt="框"><figcaption class="note">{picture.caption}</figcaption></figure></main>'
    write_docx(html, tmp_path / "p.docx", TODAY)
    document = docx.Document(BytesIO((tmp_path / "p.docx").read_bytes()))

    (shape,) = document.inline_shapes
    assert (
        document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
        == shape.width
    )
    assert "问题清单第1项" == document.paragraphs[-1].text
    assert document.paragraphs[-2].paragraph_format.line_spacing == 1
