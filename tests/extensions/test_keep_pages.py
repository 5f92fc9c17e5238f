"""Pages are put aside as they came; those that a finding cites stay, the others go with the next night."""

import gzip
import hashlib
import json

import pytest

from govcrawl.records.errors import UserError
from govcrawl.records.evidence import forget_uncited, keep_cited, kept
from govcrawl.records.runs import verify
from tests.netlab.server import answer
from tests.spiders.inspection import anchors, night, page, records

HOST = "www.a.gov.cn"


def assessment_citing(data, run_id: str, *hashes: str):
    folder = data / "assessments" / "a"
    folder.mkdir(parents=True)
    (folder / "assessment.json").write_text(json.dumps({"runs": [run_id]}))
    lines = [json.dumps({"evidence": json.dumps({"body_sha256": sha256})}) for sha256 in hashes]
    (folder / "finding.jsonl").write_text("\n".join([*lines, '{"evidence": null}']))
    return folder


def test_a_cited_page_is_kept_as_it_came_and_the_others_are_forgotten(tmp_path):
    body = '<html><head><meta charset="gbk"></head><body>岚川市</body></html>'.encode("gbk")
    paths = {
        "/": page(anchors("/a.html", "/b.html")),
        "/a.html": answer(body, content_type="text/html"),
        "/b.html": page("乙"),
    }
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit")
    verify(run.folder)  # what is put aside is no part of the record
    sha256 = hashlib.sha256(body).hexdigest()
    assert sha256 in {record["body_sha256"] for record in records(run, "page")}

    folder = assessment_citing(tonight.data, run.plan.run_id, sha256, sha256, "0" * 64)
    assert (1, 1) == keep_cited(tonight.data, folder)
    forget_uncited(tonight.data, [run.plan.run_id])
    assert (run.folder / "evidence").is_dir()
    forget_uncited(tonight.data, [])
    assert not (run.folder / "evidence").exists()
    assert (1, 1) == keep_cited(tonight.data, folder)

    copy = kept(tonight.data, sha256)
    assert (f"http://{HOST}/a.html", "text/html", body) == (copy.url, copy.content_type, copy.body)
    assert kept(tonight.data, "0" * 64) is None
    [path] = (tonight.data / "evidence").glob("*/*")
    assert gzip.decompress(path.read_bytes()).startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"gbk", b"GBK")))
    with pytest.raises(UserError, match="altered since it was kept"):
        kept(tonight.data, sha256)


def test_pages_that_an_older_version_put_aside_as_gzip_are_kept_all_the_same(tmp_path):
    member = gzip.compress(b"WARC/1.1\r\nWARC-Type: resource\r\n\r\nx")
    folder = tmp_path / "runs" / "r" / "evidence"
    folder.mkdir(parents=True)
    (folder / "1.warc.gz").write_bytes(b"before" + member)
    (folder / "1.index").write_text(json.dumps({"sha256": "a" * 64, "offset": 6, "length": len(member)}))

    assert (1, 0) == keep_cited(tmp_path, assessment_citing(tmp_path, "r", "a" * 64))
    [path] = (tmp_path / "evidence").glob("*/*.warc.gz")
    assert member == path.read_bytes()


def test_no_more_is_put_aside_than_the_disk_is_to_hold(tmp_path):
    paths = {"/": page(anchors("/a.html")), "/a.html": page("内容" * 20)}
    with night(tmp_path, {HOST: paths}) as tonight:
        run = tonight.crawl("visit", EVIDENCE_MAX_BYTES="10")

    assert [b""] == [path.read_bytes() for path in (run.folder / "evidence").glob("*.warc.zst")]
