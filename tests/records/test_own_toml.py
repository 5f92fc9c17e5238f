"""A mistake in a file of our own words is named with file, line and remedy."""

import re
from pathlib import Path

import pytest

from govcrawl.records.errors import UserError
from govcrawl.records.own_toml import own_toml

ROOT = Path(__file__).parents[2]
READERS = {"own_toml.py", "toml_text.py", "campaign.py"}  # of our own files, of editions, of a campaign
FILES = sorted(
    path for folder in ("govcrawl", "report_templates") for path in (ROOT / folder).rglob("*.toml")
)
_KEY = re.compile(r'^(?:"[^"]+"|[\w-]+) = (?:"[^"]*"|[\d.]+|\[[^\[\]\n]*\])$', re.MULTILINE)


def test_every_toml_file_that_comes_with_the_code_is_read_here():
    found = {
        path.name
        for package in ("govcrawl", "analytics")
        for path in (ROOT / package).rglob("*.py")
        if "import tomllib" in path.read_text("utf-8")
    }

    assert found == READERS
    assert {path.stem for path in FILES} >= {"meanings", "wording", "ways", "gate", "section_class"}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_key_that_is_written_twice_is_named(tmp_path, file):
    text = file.read_text("utf-8")
    line = _KEY.search(text)[0]
    copy = tmp_path / file.name
    copy.write_text(text.replace(line, f"{line}\n{line}", 1), "utf-8")
    number = text[: text.index(line)].count("\n") + 2

    with pytest.raises(UserError) as caught:
        own_toml(copy)
    assert str(caught.value) == (
        f"{copy}, line {number}: {line.partition(' =')[0]} stands there a second time; leave it once"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nb = 1\n[a]\n", "line 3: [a] stands there a second time; leave it once"),
        ("[a]\nb = {c = 1}\n[a.b]\nd = 1\n", "line 3: [a.b] stands there a second time; leave it once"),
        ("a.b = 1\na = 2", "line 2: a stands there a second time; leave it once"),
        (
            "a = 1\nb = 'x\n",
            'line 2: not TOML: Expected "\'" in "b = \'x"; mend this line or the one before it',
        ),
        ("a = [1,", "line 1: not TOML: Invalid value in 'a = [1,'; mend this line or the one before it"),
    ],
)
def test_other_mistakes_are_named_with_their_line(tmp_path, text, said):
    path = tmp_path / "words.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(UserError) as caught:
        own_toml(path)
    assert str(caught.value) == f"{path}, {said}"
