"""Home pages are tried once, honestly, and every try is a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.netlab.server import answer, reset
from tests.spiders.inspection import code_of, night, page, records


def test_every_home_page_ends_as_one_row_whatever_it_answers(tmp_path):
    hosts = {
        "www.a.gov.cn": {"/": page("欢迎访问")},
        "www.b.gov.cn": {"/": answer("错误", status=500)},
        "www.c.gov.cn": {"/": reset},
        "www.d.gov.cn": {"/": answer("<script>location.reload()</script>", status=412)},
    }
    with night(tmp_path, hosts) as tonight:
        run = tonight.crawl("availability")
        asked = {host: [one.path for one in server.asked] for host, server in tonight.servers.items()}

    assert {
        code_of(0): "ok",
        code_of(1): "server_error",
        code_of(2): "reset",
        code_of(3): "blocked",
    } == {probe["site_code"]: probe["outcome"] for probe in records(run, "probe")}
    # No retry, no robots.txt, nothing else: the instrument must not disturb what it measures.
    assert {host: ["/"] for host in hosts} == asked


def test_a_round_bears_the_stamp_it_was_given(tmp_path):
    stamp = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    with night(tmp_path, {"www.a.gov.cn": {"/": page("欢迎访问")}}) as tonight:
        run = tonight.begin("availability", purpose="round", stamp=stamp)
        tonight.work(run)

    assert [("round", "2026-11-20T06:30:00.000000")] == [
        (probe["purpose"], probe["probed_at"]) for probe in records(run, "probe")
    ]


def test_shares_of_two_processes_make_the_whole_round(tmp_path):
    hosts = {f"www.s{n}.gov.cn": {"/": page("欢迎访问")} for n in range(6)}
    with night(tmp_path, hosts) as tonight:
        run = tonight.begin("availability")
        for number in (1, 2):
            run.deal_out(number, run.plan.tasks[number - 1 :: 2])
            tonight.work(run, number)

    assert [] == run.open_tasks()
    assert 6 == len(records(run, "probe"))


def test_a_canary_sits_in_every_round(tmp_path):
    def ago(connection, _asked):
        then = format_datetime(datetime.now(UTC) - timedelta(hours=2), usegmt=True)
        connection.sendall(answer("欢迎访问", headers={"Date": then}))

    hosts = {f"www.s{n}.gov.cn": {"/": ago} for n in range(3)} | {"canary.example.com": {"/up": answer("ok")}}
    with night(tmp_path, hosts) as tonight:
        run = tonight.begin("availability", purpose="round")
        tonight.work(run, CANARY_URLS="http://canary.example.com/up,http://canary.example.com:9/")

    (canary,) = records(run, "canary")
    assert (0, 2, 1) == tuple(canary[key] for key in ("names_asked", "addresses_asked", "addresses_answered"))
    assert 7100 < canary["clock_ahead_s"] < 7300
