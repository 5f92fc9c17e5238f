"""Is all well: a good, a blocked, a killed, a held and a missing night each have their words, and people are told once."""

import fcntl
import http.server
import json
import socketserver
import threading
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest

from analytics.notices.intranet.night_status import missed_between
from govcrawl.night import alarm
from govcrawl.night.alarm import Ways
from govcrawl.night.health import health, shortfalls
from govcrawl.night.metrics import write_metrics
from govcrawl.night.table_of_nights import table_of_nights
from govcrawl.records import nights
from govcrawl.records.errors import UserError
from govcrawl.records.nights import NightRecord, Stage
from govcrawl.records.states import NightState
from tests.mail_server import Mail

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def instant(hours_ago: float) -> str:
    return (NOW - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M:%S.%f")


def night(
    hours_ago: float, state: NightState = NightState.FINISHED, reason: str | None = None, **figures: int
) -> NightRecord:
    begun = NOW - timedelta(hours=hours_ago)
    ended = None if state == NightState.RUNNING else instant(hours_ago - 2)
    judged = Stage(
        "publish the judgement",
        instant(hours_ago),
        ended,
        12.5,
        214,
        {"home pages": 10, "opened": 10, "blocked": 0} | figures,
    )
    return NightRecord(
        night_id=begun.strftime("%Y%m%dT%H%M%SZ"),
        as_of=begun.date().isoformat(),
        command="c",
        begun_at=instant(hours_ago),
        state=state,
        reason=reason,
        finished_at=ended,
        assessment_id="a",
        stages=[judged],
    )


def found(data, *records, older_h: float | None = 26):
    for record in records:
        nights.keep(data, record)
    return health(data, NOW, older_h)


def test_a_good_night_is_well(tmp_path):
    well = found(tmp_path, night(30), night(6))

    assert (True, "2026-11-22", instant(4), []) == (well.ok, well.night, well.finished_at, well.reasons)


def test_where_there_never_was_a_night_it_says_so(tmp_path):
    (reason,) = found(tmp_path).reasons

    assert "no night has been recorded yet" in reason
    assert f"`govcrawl nightly --registry DIR --data {tmp_path}`" in reason


def test_a_night_that_did_not_start_is_missed(tmp_path):
    missing = found(tmp_path, night(54), night(30))

    assert not missing.ok
    (reason,) = missing.reasons
    assert "no night has finished within 26 hours: the last finished at 2026-11-21 20:00 UTC" in reason
    assert "none has begun since 2026-11-21 18:00 UTC; see whether its timer is on" in reason
    assert [reason] == health(tmp_path, NOW + timedelta(hours=1), 26).reasons, (
        "an hour later it is no other trouble"
    )
    assert health(tmp_path, NOW, 48).ok


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (NightState.HELD, "5 of 12 sites turned … away", "was held back by the publish gate: 5 of 12 sites"),
        (
            NightState.HELD,
            "5 of 12 sites turned … away",
            "--accept REASON --by NAME` and the same nightly command",
        ),
        (
            NightState.FAILED,
            "disk full",
            "failed in the stage 'publish the judgement': disk full. When that is",
        ),
        (NightState.STOPPED, "somebody ended it", "was stopped in the stage"),
        (
            NightState.RUNNING,
            None,
            "was cut off in the stage 'publish the judgement'; run the same nightly command again",
        ),
    ],
)
def test_a_night_that_did_not_end_well_is_told(tmp_path, state, reason, words):
    told = found(tmp_path, night(30), night(6, state, reason))

    assert (False, None) == (told.ok, told.finished_at)
    assert words in told.reasons[0]


def test_a_night_that_died_unnoticed_was_cut_off_once_a_later_one_is_judged(tmp_path):
    for one in (night(54, NightState.RUNNING), night(30)):
        nights.keep(tmp_path, one)

    missed = missed_between(tmp_path, None, date(2026, 11, 30))

    assert [NightState.CUT_OFF] == [one.state for one in missed]


def test_a_state_that_is_no_state_of_a_night_is_named(tmp_path):
    nights.keep(tmp_path, night(6))
    (path,) = tmp_path.glob("nights/*.json")
    path.write_text(path.read_text().replace('"finished"', '"perhaps"'))

    with pytest.raises(UserError, match=f"{path.name}: not the record of a night .*perhaps"):
        nights.nights(tmp_path)


def test_a_night_under_way_is_well_until_it_is_late(tmp_path):
    with (tmp_path / "nightly.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert found(tmp_path, night(25), night(1, NightState.RUNNING)).ok
    late = NightRecord("20261124T000000Z", "2026-11-24", "c", instant(13))
    nights.keep(tmp_path, late)
    with (tmp_path / "nightly.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (reason,) = health(tmp_path, NOW, None).reasons
        assert (
            "has been under way since 2026-11-22 11:00 UTC, more than 12 hours before its first stage; wait"
            in reason
        )
        assert [reason] == health(tmp_path, NOW + timedelta(hours=1), None).reasons


def test_a_blocked_night_falls_short_of_the_nights_before():
    usual = [night(30 + 24 * n, blocked=1, opened=9) for n in range(3)]

    assert [] == shortfalls({"home pages": 10, "opened": 9, "blocked": 1}, usual)
    blocked = shortfalls({"home pages": 10, "opened": 3, "blocked": 7}, usual)
    assert "7 of 10 home pages turned us away (70%); usual is 10%" in blocked
    assert "3 of 10 home pages opened (30%); usual is 90%" in blocked
    (first,) = shortfalls({"home pages": 4, "opened": 0, "blocked": 0}, [])
    assert "0 of 4 home pages opened (0%); there was no night before" == first


def test_shortfalls_of_a_finished_night_are_reasons(tmp_path):
    record = night(6)
    record.stages[0].shortfalls.append("3 of 5 tasks not begun by 06:00 CST (--until)")
    (reason,) = found(tmp_path, record).reasons

    assert "the night of 2026-11-22: publish the judgement: 3 of 5 tasks not begun" in reason
    assert reason.endswith("unmeasured.html lists each site with its way out")


def test_the_table_holds_each_night_and_the_stages_of_the_newest_beside_what_is_usual():
    before = [night(30 + 24 * n, pages=100 + n) for n in range(3)]
    told = table_of_nights([*before, night(6, pages=40)], 7)

    assert 4 == told.count("finished")
    assert "40 pages (usual 101)" in told
    assert "214 MB" in told


def test_the_figures_for_prometheus_can_be_read(tmp_path):
    found(tmp_path, night(6, pages=40))
    lines = write_metrics(tmp_path, health(tmp_path, NOW, 26)).read_text().splitlines()

    assert "govcrawl_ok 1" in lines
    assert 'govcrawl_stage_figure{stage="publish the judgement",figure="pages"} 40' in lines
    assert all(line.startswith("# ") or len(line.rsplit(" ", 1)) == 2 for line in lines)


# ---------- the message


class _Hook(http.server.BaseHTTPRequestHandler):
    got: list[dict] = []
    status = 204

    def do_POST(self):
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def serving():
    """Start a server of a handler; returns its port."""
    servers = []

    def start(handler):
        handler.got = []
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_trouble_is_told_once_by_each_way_and_anew_when_it_changes(tmp_path, serving):
    ways = Ways(
        webhook=f"http://127.0.0.1:{serving(_Hook)}/hook",
        mail_to="wang@office.example, li@office.example",
        smtp=f"smtp://127.0.0.1:{serving(Mail)}",
        mail_from="govcrawl@office.example",
    )
    held = found(tmp_path, night(6, NightState.HELD, "5 of 12 sites turned us away"))
    assert [[], []] == [alarm.tell(tmp_path, held, ways) for _ in range(2)]
    (told,) = _Hook.got
    assert (False, "2026-11-22") == (told["ok"], told["night"])
    assert "5 of 12 sites turned us away" in told["text"]
    (mail,) = Mail.got
    message = message_from_bytes(mail)
    assert "wang@office.example, li@office.example" == message["To"]
    assert "5 of 12 sites turned us away" in message.get_payload(decode=True).decode()

    assert [] == alarm.tell(tmp_path, found(tmp_path, night(1)), ways)  # well again: nothing to say
    assert [] == alarm.tell(tmp_path, found(tmp_path, night(0.5, NightState.FAILED, "disk full")), ways)
    assert (2, 2) == (len(_Hook.got), len(Mail.got))


def test_what_cannot_be_sent_is_told_and_tried_again(tmp_path, serving):
    ways = Ways(webhook=f"http://127.0.0.1:{serving(_Hook)}/hook", mail_to="a@b.example", smtp="mail.example")
    held = found(tmp_path, night(6, NightState.HELD, "x"))
    (trouble,) = alarm.tell(tmp_path, held, ways)

    assert "GOVCRAWL_SMTP is not smtp://" in trouble
    assert 1 == len(alarm.tell(tmp_path, held, ways))
