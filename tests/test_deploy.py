"""What `deploy/` hands over: units systemd accepts, commands this version knows, an image that is built where a builder is."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from govcrawl.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/opt/govcrawl/.venv/bin/govcrawl"


def commands() -> list[str]:
    """Every call of govcrawl in units, crontab and container file."""
    text = "\n".join(path.read_text("utf-8") for path in (*UNITS, DEPLOY / "crontab"))
    return re.findall(rf"{PROGRAM} ([^>|\n]+)", text)


@pytest.mark.parametrize("line", commands())
def test_the_commands_are_ones_this_version_knows(line):
    name, *words = shlex.split(line)
    command = getattr(import_module(f"govcrawl.cli.{COMMANDS[name]}"), name)
    assert isinstance(command, click.Command)

    command.make_context(name, words)  # raises where an option is unknown or lacks its value


def test_every_way_of_running_it_calls_all_three():
    for text in ((DEPLOY / "crontab").read_text("utf-8"), "\n".join(p.read_text("utf-8") for p in UNITS)):
        called = re.findall(rf"{PROGRAM} (\w+)", text)
        assert {"nightly", "probe", "status"} == set(called)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_units(unit, tmp_path):
    program = tmp_path / "govcrawl"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for path in UNITS:  # a timer is verified beside its service
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace(PROGRAM, str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "govcrawl" in line]

    assert (0, []) == (done.returncode, told)


def test_the_container_file_copies_what_is_there():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    sources = [word for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for word in line.split()[:-1]]

    assert {"govcrawl", "analytics", "report_templates", "constraints.txt"} <= set(sources)
    assert [] == [name for name in sources if not (ROOT / name).exists()]


@pytest.mark.parametrize("name", ["compose.yaml", "kubernetes.yaml"])
def test_the_night_of_a_cluster_is_one_this_version_knows_and_its_workers_do_one_errand_at_a_time(name):
    text = (DEPLOY / "cluster" / name).read_text("utf-8")
    lists = [json.loads(found) for found in re.findall(r"\[\"[^\]]+\]", text) if '", "' in found]
    (night,) = [words for words in lists if words[0] == "nightly"]
    nightly = import_module(f"govcrawl.cli.{COMMANDS['nightly']}").nightly
    nightly.make_context("nightly", night[1:])  # raises where an option is unknown or lacks its value

    assert {"scheduler", "worker"} == {words[1] for words in lists if words[0] == "dask"}
    (worker,) = [words for words in lists if words[:2] == ["dask", "worker"]]
    assert "1" == worker[worker.index("--nthreads") + 1]


def _builder() -> str | None:
    for name in ("podman", "docker"):
        if (
            shutil.which(name)
            and not subprocess.run([name, "info"], capture_output=True, check=False).returncode
        ):
            return name
    return None


@pytest.mark.skipif(_builder() is None, reason="no container engine here")
def test_the_image_is_built_and_runs():
    builder = _builder()
    assert builder
    image = "govcrawl-test"
    subprocess.run([builder, "build", "-q", "-f", DEPLOY / "Containerfile", "-t", image, ROOT], check=True)
    done = subprocess.run(
        [builder, "run", "--rm", image, "--version"], capture_output=True, text=True, check=False
    )
    subprocess.run([builder, "rmi", image], capture_output=True, check=False)

    assert (0, "govcrawl") == (done.returncode, done.stdout.split(",")[0])


def test_the_crontab_has_five_fields_and_commands_that_run_where_no_night_was_yet(tmp_path):
    program, called = tmp_path / "program", tmp_path / "called"
    program.write_text(f'#!/bin/sh\necho "$1 $GOVCRAWL_CONTACT" >> {called}\n')
    program.chmod(0o755)
    text = (DEPLOY / "crontab").read_text("utf-8")
    for place, here in (
        (PROGRAM, program),
        ("/etc/govcrawl.env", DEPLOY / "govcrawl.env.example"),
        ("/srv/govcrawl", tmp_path),
    ):
        text = text.replace(place, str(here))
    lines = [line for line in text.splitlines() if re.match(r"[\d*]", line)]
    assert 3 == len(lines)
    for line in lines:
        fields, command = line.split(None, 5)[:5], line.split(None, 5)[5]
        assert all(re.fullmatch(r"[\d*,/-]+", field) for field in fields)
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
        assert (0, "") == (done.returncode, done.stderr), sys.platform

    contact = "web@your-office.example"
    assert [f"{name} {contact}" for name in ("probe", "nightly", "status")] == called.read_text().splitlines()
