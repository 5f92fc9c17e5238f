"""What no page should be: each has its row and its word, and the crawl goes on."""

from __future__ import annotations

import gzip
import time

import pytest

from tests.netlab.server import Reaction, answer, reset
from tests.spiders.inspection import anchors, night, outcomes, page, records

HOST = "www.a.gov.cn"
URL = f"http://{HOST}"
PLAIN = "<p>现将有关事项通知如下,请认真贯彻执行。</p>" * 8
PACKED = gzip.compress(page(PLAIN).partition(b"\r\n\r\n")[2])


def cut_off(connection, asked):
    connection.sendall(answer(PLAIN, length=100_000))
    time.sleep(0.1)  # so that some of it is read before the line is gone
    reset(connection, asked)


CASES: dict[str, tuple[bytes | Reaction, str]] = {
    "empty": (answer(b""), "empty"),
    "blank": (answer(b" \r\n\t " * 50), "empty"),
    "picture": (answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40), "ok"),
    "noise": (answer(b"\x00\xff\xfe" * 5_000), "ok"),
    "torn-gzip": (answer(PACKED[: len(PACKED) // 2], headers={"Content-Encoding": "gzip"}), "reset"),
    "no-gzip": (answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}), "reset"),
    "cut": (answer(PLAIN, length=100_000), "reset"),
    "cut-by-reset": (cut_off, "reset"),
    "cut-before-the-first-byte": (answer("", length=100_000), "reset"),  # not `empty`: nobody saw the page
    "chunk-of-no-size": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "reset",
    ),
    "tables": (page("<table><tr><td>" * 50, PLAIN, "</td></tr></table>" * 50), "ok"),
    "attributes": (page("<div a", "=1 a".join(map(str, range(1_000_000))), "=1>", PLAIN, "</div>"), "ok"),
    "zero-bytes": (answer(b"<title>\0\0</title><p>\0" + PLAIN.encode().replace(b"<p>", b"<p>\0")), "ok"),
    "surrogates": (answer(("\ud800" + PLAIN + "\udfff").encode("utf-8", "surrogatepass")), "ok"),
    "bases": (
        page(
            '<base href="/x/"><base href="javascript:1"><base href="http://[::"><a href="y.html">乙</a>',
            PLAIN,
        ),
        "ok",
    ),
    "liar": (answer(PLAIN.encode("utf-16"), content_type="text/html; charset=gb2312"), "ok"),
    "unknown-charset": (answer(PLAIN, content_type="text/html; charset=martian-7"), "ok"),
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    paths = {f"/{name}.html": body for name, (body, _) in CASES.items()}
    home = page(anchors(*paths, "/good.html"), PLAIN)
    folder = tmp_path_factory.mktemp("bad")
    with night(folder, {HOST: {"/": home, "/good.html": page(PLAIN)} | paths}) as tonight:
        return tonight.crawl("visit")


def test_every_bad_answer_has_a_row_and_a_word(crawled):
    words = outcomes(crawled)

    assert {name: word for name, (_, word) in CASES.items()} == {
        name: words.get(f"{URL}/{name}.html") for name in CASES
    }
    assert "ok" == words[f"{URL}/good.html"]
    (visit,) = records(crawled, "site_visit")
    assert ("finished", "ok") == (visit["finish_reason"], visit["home_outcome"])


def test_files_and_noise_say_nothing_of_themselves(crawled):
    kinds = {record["url"]: record["kind"] for record in records(crawled, "page")}

    assert {None} == {kinds[f"{URL}/{name}.html"] for name in ("empty", "blank", "picture", "noise")}
    assert "utf-16-le" == next(
        record["charset_used"] for record in records(crawled, "page") if record["url"] == f"{URL}/liar.html"
    )


def test_what_came_of_a_page_that_broke_off_is_read_and_called_cut(crawled):
    pages = {record["url"].rpartition("/")[2]: record for record in records(crawled, "page")}

    for name in ("cut.html", "torn-gzip.html", "cut-by-reset.html"):
        assert ("reset", "cut") == (pages[name]["outcome"], pages[name]["read_state"])
    assert pages["cut.html"]["text_sha256"]
    assert pages["cut-before-the-first-byte.html"]["read_state"] is None  # no page came
    (visit,) = records(crawled, "site_visit")
    assert visit["not_visited"]["reset"] >= 2  # and so the visit is not complete


def test_of_bases_that_contradict_each_other_the_first_decides(crawled):
    words = outcomes(crawled)

    assert f"{URL}/x/y.html" in words
