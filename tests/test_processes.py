"""The tests themselves in several processes: nothing is lost of what they say, or of those that never came to say it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED_OUT = """
from tests.processes import run_in_processes

def pytest_runtestloop(session):
    run_in_processes(session, [[item for item in session.items if name in item.nodeid] for name in ("one", "two")], 2)
    return True
"""
ONE = """
import os, warnings

def test_passes(tmp_path):
    assert tmp_path.is_dir()

def test_fails():
    print("said before")
    warnings.warn("beware")
    assert 1 == 2

def test_dies():
    os.kill(os.getpid(), 9)

def test_after():
    pass
"""
TWO = """
import pytest

@pytest.fixture(scope="session")
def shared():
    yield 1
    raise OSError("taken down")

def test_skips():
    pytest.skip("for a reason")

def test_shares(shared, capfd):
    print("caught")
    assert capfd.readouterr().out == "caught\\n"
"""


def test_each_test_is_told_as_it_ended(tmp_path):
    for name, text in (("conftest", SHARED_OUT), ("test_one", ONE), ("test_two", TWO)):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    (tmp_path / "pytest.ini").touch()

    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-ra",
            "-p",
            "no:cacheprovider",
            "--basetemp",
            tmp_path / "base",
            tmp_path,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    told = ended.stdout

    assert 1 == ended.returncode
    assert "2 failed, 2 passed, 1 skipped, 1 warning, 1 error" in told
    for what in (
        "said before",
        "UserWarning: beware",
        "the process that ran this test ended by SIGKILL",
        "OSError: taken down",
        "for a reason",
        "1 tests were not run, because the processes that had taken them died",
    ):
        assert what in told
