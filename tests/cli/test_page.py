"""`govcrawl page` as a data engineer meets it: a process, files, a server on a real socket."""

import gzip
import json
import os
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.netlab import ready
from tests.netlab.server import Server, answer, redirect, reset

TITLE = "关于开展检查的通知"
MARKUP = f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><a href='b.html'>甲</a></body></html>"


def page(*arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return ready.govcrawl("page", *arguments, said=stdin, **environment)


def printed(ended: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "通知.html"
    path.write_text(MARKUP, "utf-8")
    return path


def test_one_file_gives_one_object_over_several_lines(file: Path) -> None:
    ended = page(file, "--url", "http://www.yunting.gov.cn/zwgk/a.html")

    report = printed(ended)
    assert ended.stdout.count("\n") > 10
    assert (report["title"], report["url"]) == (TITLE, "http://www.yunting.gov.cn/zwgk/a.html")
    assert report["links"][0]["url"] == "http://www.yunting.gov.cn/zwgk/b.html"


def test_a_file_says_where_it_was_saved_from(tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text("<!-- saved from url=(0030)http://www.yunting.gov.cn/zwgk/ -->" + MARKUP, "utf-8")
    canonical = tmp_path / "canonical.html"
    canonical.write_text("<link href='https://www.yunting.gov.cn/x/' rel='canonical'>" + MARKUP, "utf-8")

    assert printed(page(saved))["url"] == "http://www.yunting.gov.cn/zwgk/"
    assert printed(page(canonical))["links"][0]["url"] == "https://www.yunting.gov.cn/x/b.html"


def test_a_file_of_unknown_address_is_read_where_it_lies(file: Path) -> None:
    report = printed(page(file))

    assert report["url"].startswith("file:///")
    assert report["findings"] == []


def test_names_on_stdin_give_one_object_a_line_and_an_unreadable_one_does_not_stop_them(file: Path) -> None:
    names = f"{file}\thttp://www.yunting.gov.cn/zwgk/a.html\n/no/such/file.html\n\n{file}\n"
    ended = page("-", stdin=names)

    reports = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 1
    assert [report.get("title") for report in reports] == [TITLE, None, TITLE]
    assert "No such file" in reports[1]["error"]
    assert "Traceback" not in ended.stderr


def test_several_names_give_one_object_a_line(file: Path) -> None:
    ended = page(file, file)

    assert ended.returncode == 0
    assert [json.loads(line)["title"] for line in ended.stdout.splitlines()] == [TITLE, TITLE]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["/no/such/file.html"], 1, "No such file"),
        (["/"], 1, "Is a directory"),
        (["http://"], 1, "no http or https address"),
        ([], 2, "Missing argument"),
        (["a", "b", "--url", "http://a.cn/"], 2, "--url belongs to one file"),
        (["a", "--kind", "blog"], 2, "blog"),
        (["http://a.cn/", "--resolve", "a.cn:x:1"], 1, "resolve"),
    ],
)
def test_a_mistake_is_told_plainly(arguments: list[str], code: int, told: str) -> None:
    ended = page(*arguments)

    assert ended.returncode == code
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_address_is_fetched_where_resolve_sends_it() -> None:
    with Server({"/a.html": answer(MARKUP), "/old": redirect("/a.html")}) as server:
        ended = page(
            "http://www.yunting.gov.cn:8001/old",
            "--resolve",
            f"www.yunting.gov.cn:8001:127.0.0.1:{server.port}",
        )

    report = printed(ended)
    assert ended.stderr == ""
    assert (report["url"], report["status"]) == ("http://www.yunting.gov.cn:8001/a.html", 200)
    assert server.asked[0].headers["host"] == "www.yunting.gov.cn:8001"
    assert server.asked[0].headers["user-agent"].startswith("govcrawl/")


def test_a_packed_answer_is_unpacked() -> None:
    packed = answer(gzip.compress(MARKUP.encode()), headers={"Content-Encoding": "gzip"})
    with Server({"/": packed}) as server:
        assert printed(page(f"http://127.0.0.1:{server.port}/"))["title"] == TITLE


def test_half_of_a_packed_answer_is_read_as_far_as_it_came() -> None:
    packed = gzip.compress((MARKUP + os.urandom(20_000).hex()).encode())[:9_000]
    with Server({"/": answer(packed, headers={"Content-Encoding": "gzip"})}) as server:
        assert printed(page(f"http://127.0.0.1:{server.port}/"))["title"] == TITLE


def test_what_a_firewall_answers_is_no_fault_of_the_site() -> None:
    challenge = "<script>$_ts=window['$_ts'];$_ts.cd='x'</script>"
    with Server({"/": answer(challenge, status=412)}) as server:
        report = printed(page(f"http://127.0.0.1:{server.port}/"))

    assert (report["status"], report["blocked_by"], report["findings"]) == (412, "瑞数", [])


def test_what_does_not_come_is_told() -> None:
    paths = {"/reset": reset, "/loop": redirect("/loop")}
    with Server(paths) as server:
        ended = page(*(f"http://127.0.0.1:{server.port}{path}" for path in paths), "http://127.0.0.1:1/")

    assert ended.returncode == 1
    assert all("error" in json.loads(line) for line in ended.stdout.splitlines())
    assert len(ended.stdout.splitlines()) == 3


def test_a_body_that_never_ends_is_cut() -> None:
    def flood(connection: Any, _: Any) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + MARKUP.encode())
        while True:
            connection.sendall(b"<p>" + b"x" * 300_000)

    with Server({"/": flood}) as server:
        assert printed(page(f"http://127.0.0.1:{server.port}/"))["title"] == TITLE


def test_a_certificate_nobody_vouches_for_is_refused_and_a_known_one_accepted(tmp_path: Path) -> None:
    authority = trustme.CA()
    known = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(known)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("www.yunting.gov.cn").configure_cert(context)
    with Server({"/": answer(MARKUP)}, tls=context) as server:
        arguments = (
            "https://www.yunting.gov.cn/",
            "--resolve",
            f"www.yunting.gov.cn:443:127.0.0.1:{server.port}",
        )
        refused = page(*arguments)
        accepted = page(*arguments, SSL_CERT_FILE=str(known))

    assert refused.returncode == 1
    assert "certificate" in refused.stderr
    assert printed(accepted)["title"] == TITLE


def test_files_and_addresses_are_told_in_the_order_they_are_named(tmp_path: Path) -> None:
    before, after = tmp_path / "before.html", tmp_path / "after.html"
    for file in (before, after):
        file.write_text(f"<title>{file.stem}</title><p>正文</p>", "utf-8")
    with Server({"/a.html": answer(MARKUP)}) as server:
        ended = page(
            str(before), f"http://127.0.0.1:{server.port}/a.html", str(after), "http://[::1", "none.html"
        )

    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ["before", TITLE, "after", None, None] == [each.get("title") for each in told]
    assert ["no http or https address", "No such file"] == [
        next(words for words in ("no http or https address", "No such file") if words in each["error"])
        for each in told[3:]
    ]
    assert ["/a.html"] == [asked.path for asked in server.asked]  # a person looks: robots.txt is not asked
