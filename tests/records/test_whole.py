"""A folder is whole, or unfinished, or damaged and named: whatever happens while it comes about or is copied."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.records.errors import FolderError
from govcrawl.records.whole import (
    ISSUED_MANIFEST,
    TakenError,
    appear,
    folder_begun,
    manifests,
    put_in_place,
    read_manifest,
    sha256_of,
    verify,
    write_whole,
)

# Python from 3.12 on warns of forks beside threads; ours do nothing but run one function and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

NAMES = ("notice.html", "units/a.html", "units/b.html")


def fill(beside: Path, words: str) -> None:
    """Three files, and the manifest last."""
    (beside / "units").mkdir()
    for name in NAMES:
        (beside / name).write_text(f"{name} {words}" * 50, "utf-8")
    files = [{"path": name, "sha256": sha256_of(beside / name)} for name in NAMES]
    (beside / ISSUED_MANIFEST).write_text(json.dumps({"words": words, "files": files}) + "\n", "utf-8")


def make(place: Path, words: str, put: Callable[[Path, Path], None] = put_in_place) -> None:
    with folder_begun(place.parent) as beside:
        fill(beside, words)
        put(beside, place)


def read(place: Path) -> str:
    """Read a folder as its readers do: its manifest, then every file by it."""
    manifest = read_manifest(place / ISSUED_MANIFEST, "words", "files")
    verify(place, manifest["files"])
    return str(manifest["words"])


def test_a_folder_appears_with_everything_in_it_and_nothing_beside_it(tmp_path):
    make(tmp_path / "issued" / "one", "first")

    assert "first" == read(tmp_path / "issued" / "one")
    assert ["one"] == [path.name for path in (tmp_path / "issued").iterdir()]


def give_up(_beside: Path, _place: Path) -> None:
    raise KeyError


def test_a_folder_that_is_given_up_leaves_nothing(tmp_path):
    with pytest.raises(KeyError):
        make(tmp_path / "one", "half", give_up)

    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_stands_is_not_replaced_unless_that_is_meant(tmp_path):
    make(tmp_path / "one", "first")
    with pytest.raises(TakenError, match="one: stands there already"):
        make(tmp_path / "one", "second", appear)
    assert "first" == read(tmp_path / "one")

    make(tmp_path / "one", "second")
    assert "second" == read(tmp_path / "one")


def test_the_last_look_may_still_refuse(tmp_path):
    def look() -> None:
        raise FolderError("its number is taken")

    with pytest.raises(FolderError, match="taken"):
        make(tmp_path / "one", "first", partial(appear, last_look=look))
    assert [] == list(tmp_path.iterdir())


# ---------- torn


@pytest.mark.parametrize("tail", [b"", b"\0" * 64], ids=["cut", "zeros where the disk lost the rest"])
def test_a_manifest_torn_at_any_byte_is_named(tmp_path, tail):
    make(tmp_path / "one", "first")
    path = tmp_path / "one" / ISSUED_MANIFEST
    content = path.read_bytes()
    for cut in range(len(content) - 1):  # the last byte is the line's end
        path.write_bytes(content[:cut] + tail)
        with pytest.raises(FolderError, match=rf"{ISSUED_MANIFEST}: .*restore it from a copy"):
            read(tmp_path / "one")


def copied_steps(source: Path, target: Path, order: list[Path]) -> list[Callable[[], object]]:
    """The steps of a copy: folders, then each file in two writes."""
    steps: list[Callable[[], object]] = []
    for path in order:
        content, to = path.read_bytes(), target / path.relative_to(source)
        steps += [
            lambda to=to: to.parent.mkdir(parents=True, exist_ok=True),
            lambda to=to: to.touch(),
            lambda to=to, content=content: to.write_bytes(content[: len(content) // 2]),
            lambda to=to, content=content: to.write_bytes(content),
        ]
    return steps


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    place: Path = tmp_path_factory.mktemp("original") / "one"
    make(place, "first")
    return place


@given(order=st.permutations((*NAMES, ISSUED_MANIFEST)))
def test_a_copy_interrupted_at_any_step_is_unfinished_or_named(original, tmp_path_factory, order):
    target = tmp_path_factory.mktemp("copies") / "one"
    steps = copied_steps(original, target, [original / name for name in order])
    for number, step in enumerate(steps, 1):
        step()
        if number == len(steps):
            assert "first" == read(target)
        elif manifests(target.parent, ISSUED_MANIFEST):
            with pytest.raises(FolderError):
                read(target)
    shutil.rmtree(target.parent)


# ---------- killed


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do the work in a child that dies at its `step`-th call to the file system; whether it came to an end."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _arguments: object) -> None:
            nonlocal left
            if event.startswith(("os.", "open", "shutil.", "tempfile.", "fcntl.")):
                left -= 1
                if left < 0:
                    os._exit(9)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("before", [None, "old"])
def test_a_process_killed_at_any_step_leaves_the_old_folder_or_the_new(tmp_path, before):
    for step in range(1000):
        data = tmp_path / str(step)
        place = data / "one"
        if before:
            make(place, before)
        ended = killed_at(step, lambda place=place: make(place, "new"))
        if place.exists():
            assert read(place) in {before, "new"}
        make(data / "another", "later")  # whoever begins the next folder clears up

        assert {"another"} <= {path.name for path in data.iterdir()} <= {"one", "another"}
        assert (read(place) if place.exists() else None) in {before, "new"}
        shutil.rmtree(data)
        if ended:
            assert step > 20
            return
    raise AssertionError("never came to an end")


def test_what_a_living_process_has_begun_is_left_alone(tmp_path):
    with folder_begun(tmp_path) as beside:
        child = f"""
from pathlib import Path
from tests.records.test_whole import make
make(Path({str(tmp_path)!r}) / "other", "theirs")
"""
        subprocess.run([sys.executable, "-c", child], check=True)
        fill(beside, "mine")
        appear(beside, tmp_path / "one")

    assert ("mine", "theirs") == (read(tmp_path / "one"), read(tmp_path / "other"))


# ---------- two at once


def test_of_many_processes_that_put_the_same_folder_in_place_one_succeeds(tmp_path):
    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            code = 70
            try:
                make(tmp_path / "data" / "one", str(number), appear)
                code = 0
            except TakenError:
                code = 1
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert [0] + [1] * 7 == sorted(codes)
    assert str(codes.index(0)) == read(tmp_path / "data" / "one")


def test_readers_of_a_folder_that_many_replace_meet_a_whole_one(tmp_path):
    place = tmp_path / "data" / "one"
    make(place, "0")
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            code = 70
            try:
                for _ in range(10):
                    make(place, str(number))
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert [0] * 4 == codes
    assert read(place) in set("0123")
    assert ["one"] == [path.name for path in place.parent.iterdir()]


# ---------- forced to the disk


def test_everything_is_forced_to_the_disk_before_the_folder_appears(tmp_path, monkeypatch):
    order = []
    fsync, rename = os.fsync, Path.rename

    def forced(opened: int) -> None:
        order.append(Path(f"/proc/self/fd/{opened}").readlink().name)
        fsync(opened)

    def renamed(self: Path, target: Path) -> Path:
        order.append(f"→ {target.name}")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", forced)
    monkeypatch.setattr(Path, "rename", renamed)
    (tmp_path / "data").mkdir()
    with folder_begun(tmp_path / "data") as beside:
        fill(beside, "first")
        begun = beside.name
        appear(beside, tmp_path / "data" / "one", read_only=True)

    put = order.index("→ one")
    assert {*(Path(name).name for name in NAMES), ISSUED_MANIFEST, "units", begun} == set(order[:put])
    assert ["data"] == order[put + 1 :]
    assert {0o444} == {path.stat().st_mode & 0o777 for path in (tmp_path / "data").rglob("*.*")}


def test_a_file_that_cannot_be_written_is_named_with_what_to_do(tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")

    with pytest.raises(FolderError, match=r"data: cannot be written \(.*\); check the disk"):
        make(tmp_path / "data" / "one", "first")
    with pytest.raises(FolderError, match="cannot be written"):
        write_whole(tmp_path / "data" / "one.json", b"{}")
