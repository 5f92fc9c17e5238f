"""The command line as its users meet it: a real process, its output, its exit code."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import orjson
import pytest

from govcrawl.cli import main as cli
from govcrawl.night.lock import LOCK, night_lock
from govcrawl.night.nightly import check_surroundings
from govcrawl.records.errors import UserError
from govcrawl.registry.columns import FILES
from tests.netlab import ready
from tests.netlab.server import Server, answer
from tests.texts.test_files import encrypted_pdf, scanned_pdf

SITES = "site_code,name,home_url,unit\n3301000001,某市政府,http://www.example.gov.cn/,某市人民政府办公室\n"


def govcrawl(
    *arguments: object, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return ready.govcrawl(*arguments, **(environment or {}))


def refused(ended: subprocess.CompletedProcess[str], code: int = 1) -> str:
    assert code == ended.returncode, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.fixture
def registry(tmp_path) -> Path:
    folder = tmp_path / "registry"
    folder.mkdir()
    (folder / "sites.csv").write_text(SITES, "utf-8")
    return folder


def commands(
    group: click.Group = cli.govcrawl, words: tuple[str, ...] = ()
) -> dict[tuple[str, ...], click.Command]:
    found = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        here = (*words, name)
        found |= commands(command, here) if isinstance(command, click.Group) else {here: command}
    return found


# ---------- help


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example_of_its_own_options(words):
    command = commands()[words]
    help_text = " ".join((command.help or "").split())

    assert f"Example: govcrawl {' '.join(words)}" in help_text
    example = help_text.split("Example:")[1]
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", example)) <= known
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_stands_in_the_operations_page(words):
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")

    assert f"`govcrawl {' '.join(words)}" in page


def test_importing_the_command_line_installs_no_reactor_and_no_pandas():
    """A round of probes starts in a tenth of a second, and may be forked from a process that imported this."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, govcrawl.cli.main; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not {"twisted.internet.reactor", "scrapy", "pandas", "duckdb"} & set(loaded)


# ---------- usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["nightly"],
        ["nightly", "--registry", "r", "--data", "d", "--as-of", "22.11.2026"],
        ["nightly", "--registry", "r", "--data", "d", "--workers", "0"],
        ["probe", "--registry", "r", "--data", "d", "--at", "noon"],
        ["probe", "--registry", "r", "--data", "d", "-s", "DOWNLOAD_DELAY"],
    ],
)
def test_wrong_usage_ends_with_2(arguments):
    refused(govcrawl(*arguments), code=2)


def test_a_malformed_resolve_rule_is_named(registry, tmp_path):
    ended = govcrawl("probe", "--registry", registry, "--data", tmp_path / "data", "--resolve", "a.gov.cn:80")

    assert "'a.gov.cn:80'" in refused(ended)


def test_a_file_of_rules_may_have_a_comma_in_its_name(registry, tmp_path):
    rules = tmp_path / "staging,one.txt"
    with Server({"/": answer("<p>政务公开</p>")}) as server:
        rules.write_text(f"www.example.gov.cn:80:127.0.0.1:{server.port}\n", "utf-8")
        ended = govcrawl(
            "probe", "--registry", registry, "--data", tmp_path / "data", "--resolve", f"@{rules}"
        )

    assert "1 home pages: 1 ok" in ended.stdout, ended.stderr


def test_a_clock_that_was_set_back_begins_no_day_before_one_that_is_judged(registry, tmp_path):
    folder = tmp_path / "data" / "assessments" / "2999-12-31-inspection-2019-00000000"
    folder.mkdir(parents=True)
    (folder / "assessment.json").write_text('{"as_of": "2999-12-31"}')
    ended = govcrawl("crawl", "--registry", registry, "--data", tmp_path / "data")

    assert "2999-12-31 has been judged already: set the clock right" in refused(ended)


def test_a_day_that_has_not_come_is_refused_unless_it_is_meant(registry, tmp_path):
    words = ["assess", "--data", tmp_path, "--as-of", "2999-12-31"]
    said = refused(govcrawl(*words))
    meant = refused(govcrawl(*words, "--any-day"))

    assert "2999-12-31: that day has not come" in said
    assert "--any-day" in said
    assert "nothing is published there yet" in meant


def test_a_day_before_the_newest_judged_is_refused_unless_it_is_meant(registry, tmp_path):
    folder = tmp_path / "assessments" / "2026-11-22-inspection-2019-00000000"
    folder.mkdir(parents=True)
    (folder / "assessment.json").write_text('{"as_of": "2026-11-22"}')
    words = ["assess", "--data", tmp_path, "--as-of", "2026-11-21"]
    said = refused(govcrawl(*words))
    meant = refused(govcrawl(*words, "--any-day"))

    assert "--as-of 2026-11-21: 2026-11-22 has been judged already" in said
    assert "govcrawl withdraw" in said
    assert "nothing is published there yet" in meant


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("DOWNLOAD_DELEY=1", "there is no setting DOWNLOAD_DELEY; did you mean DOWNLOAD_DELAY?"),
        ("site_max_pages=1", "there is no setting site_max_pages; did you mean SITE_MAX_PAGES?"),
        ("DOWNLOAD_DELAY=fast", "DOWNLOAD_DELAY is a number, e.g. 0.2; 'fast' is none"),
        ("QQQQ=1", "there is no setting QQQQ"),
    ],
)
def test_a_mistyped_setting_is_refused_with_the_nearest_name(registry, tmp_path, setting, said):
    ended = govcrawl("nightly", "--registry", registry, "--data", tmp_path / "data", "-s", setting)

    assert said in " ".join(refused(ended, code=2).split())
    assert not (tmp_path / "data").exists()


def test_a_night_that_leaves_the_machine_says_who_it_is(registry, tmp_path):
    words = ["nightly", "--registry", registry, "--data", tmp_path / "data"]
    said = refused(govcrawl(*words, environment={"GOVCRAWL_CONTACT": ""}))

    assert "export GOVCRAWL_CONTACT=" in said
    assert not list(tmp_path.glob("data/runs/*"))


# ---------- registry


def test_a_new_registry_is_begun_and_never_overwritten(tmp_path):
    folder = tmp_path / "registry"
    begun = govcrawl("registry", "init", folder)
    (folder / "sites.csv").write_text(SITES, "utf-8")
    again = govcrawl("registry", "init", folder)

    assert (0, len(FILES)) == (begun.returncode, len(begun.stdout.splitlines()))
    assert (0, "") == (again.returncode, again.stdout)
    assert SITES == (folder / "sites.csv").read_text("utf-8")


def test_a_sound_registry_checks_with_0_although_there_are_warnings(registry):
    (registry / "notes.txt").write_text("x")
    ended = govcrawl("registry", "check", registry)

    assert 0 == ended.returncode
    assert "notes.txt: warning" in ended.stdout
    assert "1 sites (1 running)" in ended.stdout


def test_a_broken_registry_checks_with_1_and_shows_every_problem(registry):
    (registry / "sites.csv").write_text(SITES + "12,站,ftp://www.a.gov.cn,办\n", "utf-8")
    ended = govcrawl("registry", "check", registry)

    assert 1 == ended.returncode
    assert 2 == sum(line.startswith("sites.csv:3: error:") for line in ended.stdout.splitlines())


def test_a_registry_that_is_not_there_says_how_to_begin_one(tmp_path):
    assert "registry init" in refused(govcrawl("registry", "check", tmp_path / "absent"))


@pytest.mark.parametrize("command", ["nightly", "crawl", "probe"])
def test_nothing_is_crawled_from_a_broken_registry(registry, tmp_path, command):
    (registry / "sites.csv").write_text(SITES.replace("http://", "ftp://"), "utf-8")
    ended = govcrawl(command, "--registry", registry, "--data", tmp_path / "data")

    assert "sites.csv:2" in refused(ended)
    assert not (tmp_path / "data" / "runs").exists()


def test_a_traceback_is_shown_only_on_request(tmp_path):
    ended = govcrawl("--debug", "registry", "check", tmp_path / "absent")

    assert 1 == ended.returncode
    assert "Traceback" in ended.stderr


# ---------- what stands in the way of a night


def test_an_unknown_edition_is_refused_before_anything_is_crawled(registry, tmp_path):
    ended = govcrawl(
        "nightly", "--registry", registry, "--data", tmp_path / "data", "--rules", "inspection-1999"
    )

    assert "inspection-1999" in refused(ended)
    assert not (tmp_path / "data").exists()


def test_an_overlay_that_does_not_fit_is_refused_before_anything_is_crawled(registry, tmp_path):
    overlay = tmp_path / "local.toml"
    overlay.write_text(
        'title = "补充规定"\nchanges = "inspection-2019"\n\n[indicator.usabilty]\nmax_points = 3\n', "utf-8"
    )
    ended = govcrawl("nightly", "--registry", registry, "--data", tmp_path / "data", "--overlay", overlay)

    assert f"{overlay}, line 4: [indicator.usabilty]" in refused(ended)
    assert "did you mean 'usability'?" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_data_directory_that_cannot_be_written_is_named(registry, tmp_path):
    (tmp_path / "data").write_text("a file")
    ended = govcrawl("nightly", "--registry", registry, "--data", tmp_path / "data")

    assert "data" in refused(ended)
    assert "--data" in ended.stderr


def test_a_nearly_full_disk_is_refused_before_the_night(tmp_path):
    with pytest.raises(UserError, match=r"only \d+ MiB are free"):
        check_surroundings(tmp_path, min_free_bytes=1 << 62)


@pytest.mark.parametrize("command", ["nightly", "crawl"])
def test_a_second_night_names_the_process_and_how_to_go_on(registry, tmp_path, command):
    data = tmp_path / "data"
    data.mkdir()
    with night_lock(data):
        stderr = refused(govcrawl(command, "--registry", registry, "--data", data))

    assert f"process {os.getpid()} " in stderr
    assert f"kill {os.getpid()}" in stderr


def test_a_night_that_has_stopped_writing_is_told_with_the_way_to_take_over(registry, tmp_path):
    data = tmp_path / "data"
    (progress := data / "runs" / "20261122T020000Z-site" / "progress").mkdir(parents=True)
    with night_lock(data):
        for path in ((data / LOCK), progress / "1.json", progress.parent.parent):
            path.touch()
            os.utime(path, (time.time() - 11_460,) * 2)
        hangs = refused(govcrawl("nightly", "--registry", registry, "--data", data))
        (progress / "2.json").touch()
        moves = refused(govcrawl("nightly", "--registry", registry, "--data", data))

    assert "has written nothing for 3 h 11 min and seems to hang" in hangs
    assert f"kill -9 {os.getpid()}" in hangs
    assert "Wait for it" in moves


HOLD_THE_LOCK = """
import sys, time, pathlib
from govcrawl.night.lock import night_lock
with night_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_holds_nobody_up(tmp_path):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD_THE_LOCK,
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert "held" == holder.stdout.readline().strip()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    with night_lock(tmp_path):
        assert f"{os.getpid()}\n" == (tmp_path / LOCK).read_text()


def test_a_damaged_memory_of_a_night_says_what_to_do(registry, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "nightly.json").write_text('{"as_of": "2026-11-22"}')

    contact = {"GOVCRAWL_CONTACT": "web@office.example"}
    said = refused(govcrawl("crawl", "--registry", registry, "--data", data, environment=contact))
    assert "Remove this file" in said


# ---------- the later stages


@pytest.mark.parametrize("command", ["load", "publish", "assess", "notices"])
def test_a_stage_without_the_one_before_it_says_so(tmp_path, command):
    assert str(tmp_path) in refused(govcrawl(command, "--data", tmp_path / "data"))


def test_a_damaged_run_folder_is_refused_with_1(tmp_path):
    run = tmp_path / "runs" / "20261122T020000Z-site"
    run.mkdir(parents=True)
    (run / "run.json").write_text("{")
    ended = govcrawl("load", "--data", tmp_path)

    assert 1 == ended.returncode
    assert "refused" in ended.stdout
    assert "20261122T020000Z-site" in ended.stdout


def test_a_reader_that_closes_early_is_no_error(registry):
    (registry / "sites.csv").write_text(SITES + "12,站,ftp://www.a.gov.cn,办\n" * 20_000, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "govcrawl", "registry", "check", str(registry)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(100)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


# ---------- the machine


def test_the_doctor_names_what_is_missing_and_how_to_mend_it(tmp_path):
    bare = tmp_path / "bin"
    bare.mkdir()
    ended = govcrawl("doctor", "--data", tmp_path, environment={"PATH": str(bare)})
    browser = next(line for line in ended.stdout.splitlines() if " browser:" in line)

    assert 1 == ended.returncode
    assert "MISSING" in browser
    assert "apt-get install chromium" in browser


def test_the_doctor_looks_at_the_directory_it_is_told(tmp_path):
    ended = govcrawl("doctor", "--data", tmp_path / "not" / "yet")

    assert f"{tmp_path} is writable" in ended.stdout


@pytest.mark.parametrize(
    ("made", "why"), [(encrypted_pdf, "加密"), (scanned_pdf, "扫描"), (lambda: b"PK\x03\x04broken", "损坏")]
)
def test_a_text_that_cannot_be_read_is_told_and_never_taken_for_clean(tmp_path, made, why):
    path = tmp_path / "draft.pdf"
    path.write_bytes(made())

    ended = govcrawl("text", path, "--json")

    assert f"{path}: " in refused(ended)
    assert why in ended.stderr
    assert why in orjson.loads(ended.stdout)["unmeasured"]
