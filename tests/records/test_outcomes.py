import gzip
import zlib
from pathlib import Path

import pytest

from govcrawl.network.requests import PAGE_TIMEOUT_S
from govcrawl.records.outcomes import EXCEPTIONS, Outcome, RequestEnded, of_exception, of_status
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer, drip, redirect, reset, silence

HOST = "www.ceshi.gov.cn"
PAGE = "<html><title>测试</title><body>有内容</body></html>"
ZIP = gzip.compress(PAGE.encode() * 200)


def bomb(connection, _) -> None:
    packed = gzip.compress(bytes(50 << 20), compresslevel=1)
    connection.sendall(answer(packed, headers={"Content-Encoding": "gzip"}))


# path, what the server does, the word
MISDEEDS = [
    ("/good", answer(PAGE), "ok"),
    ("/missing", answer(PAGE, status=404), "not_found"),
    ("/removed", answer(PAGE, status=410), "gone"),
    ("/teapot", answer(PAGE, status=418), "blocked"),
    ("/login", answer(PAGE, status=401), "blocked"),
    ("/forbidden", answer(PAGE, status=403), "blocked"),
    ("/method", answer(PAGE, status=405), "blocked"),
    ("/ruishu", answer(PAGE, status=412), "blocked"),
    ("/often", answer(PAGE, status=429), "blocked"),
    ("/jiasule", answer(PAGE, status=521), "blocked"),
    ("/bad-request", answer(PAGE, status=400), "client_error"),
    ("/broken", answer(PAGE, status=500), "server_error"),
    ("/busy", answer(PAGE, status=503), "server_error"),
    ("/odd", answer(PAGE, status=999), "other"),
    ("/nothing", answer(b""), "empty"),
    ("/no-content", answer(status=204), "empty"),
    ("/blank", answer(b" \r\n\t\n"), "empty"),
    ("/reset", reset, "reset"),
    ("/hang-up", lambda *_: None, "reset"),
    ("/half", answer(PAGE, length=9999), "reset"),
    ("/half-chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", "reset"),
    ("/old-style", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode(), "ok"),
    ("/silence", silence, "timeout"),
    ("/drip", drip, "timeout"),
    ("/huge", answer(b"x" * (11 << 20)), "too_large"),
    ("/huge-claim", answer(b"x", length=5 << 30), "too_large"),
    ("/bomb", bomb, "too_large"),
    ("/zipped", answer(ZIP, headers={"Content-Encoding": "gzip"}), "ok"),
    ("/half-zipped", answer(ZIP[:60], headers={"Content-Encoding": "gzip"}), "reset"),
    ("/not-zipped", answer(PAGE, headers={"Content-Encoding": "gzip"}), "reset"),
    ("/not-deflated", answer(PAGE, headers={"Content-Encoding": "deflate"}), "reset"),
    ("/not-brotli", answer(PAGE, headers={"Content-Encoding": "br"}), "reset"),
    ("/not-zstd", answer(PAGE, headers={"Content-Encoding": "zstd"}), "reset"),
    (
        "/raw-deflate",
        answer(zlib.compress(PAGE.encode())[2:-4], headers={"Content-Encoding": "deflate"}),
        "ok",
    ),
    ("/no-http", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "other"),
    ("/circle", redirect("/circle-back"), "redirect_loop"),
    ("/circle-back", redirect("/circle"), "redirect_loop"),
    ("/staircase", redirect("/staircase?1"), "redirect_loop"),
    *[(f"/staircase?{n}", redirect(f"/staircase?{n + 1}"), "redirect_loop") for n in range(1, 12)],
    ("/moved", redirect("/good", 301), "ok"),
    ("/moved-away", redirect("http://www.bieren.com/"), "redirect_offsite"),
    ("/moved-nowhere", redirect("http://[::1/"), "other"),
    ("/moved-to-script", redirect("javascript:void(0)"), "other"),
    ("/moved-unsaid", answer(PAGE, status=302), "other"),
]


@pytest.fixture(scope="module")
def met():
    paths = {path: reaction for path, reaction, _ in MISDEEDS}
    with Server(paths) as server:
        asks = [Ask("page", f"http://{HOST}{path}", timeout_s=3) for path in paths if "?" not in path]
        yield crawl(
            *asks, resolve=[f"{HOST}:80:127.0.0.1:{server.port}"], CONCURRENT_REQUESTS_PER_DOMAIN="16"
        )


@pytest.mark.parametrize(("path", "word"), [(path, word) for path, _, word in MISDEEDS if "?" not in path])
def test_every_misdeed_of_a_server_has_its_word(met, path, word):
    assert word == met.of(f"http://{HOST}{path}").outcome


def test_no_request_hangs_longer_than_its_time_limit(met):
    assert all(facts.elapsed_s < PAGE_TIMEOUT_S / 2 for facts in met.facts), "3 s, not what settings say"


def test_half_a_page_is_kept_as_evidence(met):
    assert met.of(f"http://{HOST}/half").body == PAGE.encode()


def test_a_failure_says_what_went_wrong_and_an_answer_does_not(met):
    assert met.of(f"http://{HOST}/silence").error
    assert met.of(f"http://{HOST}/missing").error is None


def test_only_what_has_no_word_of_its_own_is_warned_about(met):
    warnings = [line for line in met.log.splitlines() if " WARNING: " in line or " ERROR: " in line]

    assert (
        len([line for line in warnings if "govcrawl.records.outcomes" in line]) == 3
    )  # 999, no HTTP, 302 without Location
    assert [] == [line for line in warnings if "Traceback" in line]


def test_an_unknown_exception_is_other_and_warned_about(caplog):
    outcome, error = of_exception(LookupError("never seen"))

    assert (Outcome.OTHER, "LookupError: never seen") == (outcome, error)
    assert "LookupError" in caplog.text


def test_an_unknown_status_is_other_and_warned_about(caplog):
    assert Outcome.OTHER is of_status(799)
    assert "799" in caplog.text


@pytest.mark.parametrize("status", [200, 403, 503])
def test_signs_of_a_challenge_make_any_answer_blocked(status):
    assert Outcome.BLOCKED is of_status(status, challenge=True)


def test_what_a_middleware_ends_keeps_the_word_it_was_ended_with():
    ended = RequestEnded(Outcome.ROBOTS_DENIED, "robots.txt forbids it")

    assert (Outcome.ROBOTS_DENIED, "robots.txt forbids it") == of_exception(ended)


def test_every_word_is_explained():
    page = (Path(__file__).parents[2] / "docs" / "outcomes.md").read_text("utf-8")
    explained = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]

    assert sorted(Outcome) == sorted(explained), "docs/outcomes.md: a line for each word"


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_in_the_table_exists(name):
    module, _, qualname = name.rpartition(".")
    __import__(module, fromlist=["_"])
    cls = getattr(__import__(module, fromlist=["_"]), qualname)

    assert issubclass(cls, BaseException)
    assert name == f"{cls.__module__}.{cls.__qualname__}"
