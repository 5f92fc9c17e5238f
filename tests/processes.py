"""Runs the tests in several processes, `pytest --processes 4`: forked from the one that has collected them.

To collect takes ten seconds of work, for it imports all there is. Processes that are forked find it done;
each that started Python for itself (pytest-xdist) would do it again.

A process takes a room (a file, or a folder whose files share what is made once), runs it, and takes the next. It sends its
reports to the first process, which tells them as if it had run the tests.
"""

from __future__ import annotations

import os
import struct
import sys
import traceback
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from signal import SIGTERM, Signals
from typing import TYPE_CHECKING, NoReturn
from warnings import WarningMessage

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_NUMBER = struct.Struct("H")


def run_in_processes(session: pytest.Session, rooms: list[list[pytest.Item]], processes: int) -> None:
    """Run all rooms, begun in their order, and report each test to the plugins of this process."""
    waiting, giving = os.pipe()
    os.write(giving, b"".join(map(_NUMBER.pack, range(len(rooms)))))
    os.close(giving)
    base = session.config._tmp_path_factory.getbasetemp()
    running: dict[Connection, _Process] = {}
    left = {item for room in rooms for item in room}
    try:
        for number in range(processes):
            reading, writing = Pipe(duplex=False)
            pid = os.fork()
            if not pid:
                reading.close()
                _work(session, rooms, waiting, writing, base / f"process-{number}")
            writing.close()
            running[reading] = _Process(pid)
        while running:
            for reading in wait(list(running)):
                try:
                    kind, *what = reading.recv()
                except EOFError:
                    _report_death(session, running.pop(reading))
                    continue
                if kind == "begun":
                    room, place = what
                    running[reading].item = rooms[room][place]
                    left.discard(rooms[room][place])
                else:
                    _tell(session.config, kind, what)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
    finally:
        os.close(waiting)
        for process in running.values():
            os.kill(process.pid, SIGTERM)
            os.waitpid(process.pid, 0)
    if left:
        session.shouldfail = f"{len(left)} tests were not run, because the processes that had taken them died"
        raise session.Failed(session.shouldfail)


@dataclass
class _Process:
    pid: int
    item: pytest.Item | None = None  # that it runs, or ran last


def _tell(config: pytest.Config, kind: str, what: list) -> None:
    if kind == "report":
        report = config.hook.pytest_report_from_serializable(config=config, data=what[0])
        config.hook.pytest_runtest_logreport(report=report)
    else:
        text, file, line, about = what
        config.hook.pytest_warning_recorded.call_historic(
            kwargs={"warning_message": WarningMessage(Warning(text), Warning, file, line), **about}
        )


def _report_death(session: pytest.Session, process: _Process) -> None:
    _, status = os.waitpid(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if not code:
        return
    how = f"by {Signals(-code).name}" if code < 0 else f"with exit code {code}"
    where = process.item or session
    session.config.hook.pytest_runtest_logreport(
        report=pytest.TestReport(
            nodeid=where.nodeid,
            location=getattr(where, "location", (where.nodeid, None, "")),
            keywords={},
            outcome="failed",
            longrepr=f"the process that ran this test ended {how}",
            when="call",
        )
    )


def _work(
    session: pytest.Session,
    rooms: list[list[pytest.Item]],
    waiting: int,
    telling: Connection,
    base: Path,
) -> NoReturn:
    """Be one of the processes: run rooms until none waits."""
    code = 1
    try:
        config = session.config
        capture = config.pluginmanager.getplugin("capturemanager")
        capture.stop_global_capturing()  # its files are those of the first process
        capture.start_global_capturing()
        capture.suspend_global_capture()
        config.pluginmanager.unregister(name="terminalreporter")
        config.pluginmanager.register(_Reporter(config, telling))
        base.mkdir()
        config._tmp_path_factory._basetemp = base
        room = _next(waiting)
        while room is not None:
            for place, (item, following) in enumerate(pairwise([*rooms[room], None])):
                telling.send(("begun", room, place))
                if following is None:  # what all rooms share is kept for the next one
                    room = _next(waiting)
                    after = None if room is None else rooms[room][0]
                config.hook.pytest_runtest_protocol(item=item, nextitem=following or after)
        code = 0
    except BaseException:  # noqa: BLE001 - the first process learns of it by the exit code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # what is to be done at the end of the first process is not this one's


def _next(waiting: int) -> int | None:
    number = os.read(waiting, _NUMBER.size)
    return _NUMBER.unpack(number)[0] if number else None


class _Reporter:
    """Sends to the first process what the plugins of this one would tell."""

    def __init__(self, config: pytest.Config, telling: Connection) -> None:
        self._config = config
        self._telling = telling

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._telling.send(("report", data))

    def pytest_warning_recorded(self, warning_message, when, nodeid, location) -> None:
        about = {"when": when, "nodeid": nodeid, "location": location}
        text = f"{warning_message.category.__name__}: {warning_message.message}"
        self._telling.send(("warning", text, warning_message.filename, warning_message.lineno, about))
