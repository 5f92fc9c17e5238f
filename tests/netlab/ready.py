"""A process that has imported what crawls and commands need, and forks a process of its own for each that a test asks for.

To start Python with Scrapy, Twisted and Playwright, or with pandas and DuckDB, takes a second of work, and most crawls and
commands of the tests are a moment's. What is forked is what `python -W error -m MODULE WORDS…` would be, but for the imports that it finds done.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from functools import cache
from importlib import import_module, reload
from pathlib import Path
from typing import NoReturn

from govcrawl import settings

ROOT = Path(__file__).parents[2]
OF_COMMANDS = (
    "openpyxl",
    "analytics.judging.assess",
    "analytics.notices.write",
    "govcrawl.warehouse.publish",
)


def run(
    module: str, words: list[str], env: dict[str, str], *, said: bytes = b"", timeout_s: float = 120
) -> subprocess.CompletedProcess[bytes]:
    """Run a module in a process of its own, with `said` on its standard input; TimeoutExpired as `subprocess.run`."""
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        socket.socket(socket.AF_UNIX) as asked,
    ):
        stdin.write(said)
        stdin.seek(0)
        asked.settimeout(timeout_s)
        asked.connect(str(_address()))
        socket.send_fds(asked, [b"\n"], [stdin.fileno(), stdout.fileno(), stderr.fileno()])
        asked.sendall(json.dumps({"module": module, "words": words, "env": env}).encode() + b"\n")
        try:
            code = json.loads(asked.recv(100))
        except TimeoutError as error:  # the process is killed when the connection closes
            raise subprocess.TimeoutExpired([module, *words], timeout_s) from error
        for each in (stdout, stderr):
            each.seek(0)
        return subprocess.CompletedProcess([module, *words], code, stdout.read(), stderr.read())


def govcrawl(
    *words: object, said: str = "", timeout_s: float = 240, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of govcrawl in a process of its own, as a shell would, and give what it printed as text."""
    done = run(
        "govcrawl",
        [*map(str, words)],
        os.environ | environment,
        said=said.encode(),
        timeout_s=timeout_s,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@cache
def _address() -> Path:
    """The socket of this test process's own ready process, which is started for the first to ask and ends with it."""
    address = Path(tempfile.mkdtemp(prefix="ready-")) / "socket"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.netlab.ready", str(address)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},  # threads do not survive a fork
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    atexit.register(process.communicate)  # closes its standard input
    return address


def _serve(address: str) -> None:
    """Fork for each connection, until standard input ends."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(16)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        children: set[int] = set()
        while True:
            ready, _, _ = select.select([door, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            asked, _ = door.accept()
            with asked:
                if child := os.fork():
                    children.add(child)
                else:
                    door.close()
                    _attend(asked)
            children -= {child for child in children if os.waitpid(child, os.WNOHANG)[0]}


def _attend(asked: socket.socket) -> None:
    """Fork the process that was asked for and answer with its exit code; kill it when nobody waits any more."""
    _, files, _, _ = socket.recv_fds(asked, 1, 3)
    with asked.makefile("rb") as lines:
        job = json.loads(lines.readline())
    worker = os.fork()
    if not worker:
        asked.close()
        _become(job, files)
    ended = os.pidfd_open(worker)
    ready, _, _ = select.select([ended, asked], [], [])
    if ended not in ready:
        os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    if ended in ready:
        asked.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(job: dict, files: list[int]) -> NoReturn:
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(job["env"])
    reload(settings)  # the only module that reads the environment
    sys.argv = [job["module"], *job["words"]]
    warnings.simplefilter("error")
    try:
        runpy.run_module(job["module"], run_name="__main__", alter_sys=True)
        sys.exit()
    except SystemExit as ended:
        if job["module"] != "govcrawl":
            raise
        # DuckDB tells at the end of the interpreter what was never collected, and all that is frozen is not.
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 0)


def _preload() -> None:
    from tests.govweb.demo import preload  # noqa: PLC0415 - of the ready process only

    preload()
    for name in OF_COMMANDS:
        import_module(name)
    assert "twisted.internet.reactor" not in sys.modules  # each crawl installs its own
    gc.freeze()  # or the collector's first walk in a fork copies every page it shares with us


if __name__ == "__main__":
    _preload()
    _serve(sys.argv[1])
    shutil.rmtree(Path(sys.argv[1]).parent)  # the process that asked may have been killed
    os._exit(
        0
    )  # DuckDB tells at the end of the interpreter what was never collected, and all that is frozen is not
