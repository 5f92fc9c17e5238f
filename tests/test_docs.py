"""The pages people read: links lead somewhere, verbs exist."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.govweb.pictures import MOST_BYTES

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
VERBS = [
    *["setup", "demo", "probe", "nightly", "crawl", "load", "publish", "assess", "notices"],
    *["test", "lint", "bench", "pictures", "docs", "clean"],
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?://)([^)#\s]+)", page.read_text("utf-8"))

    assert [] == [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_verb_a_page_names_is_one_of_make(page):
    named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)

    assert set(named) <= set(VERBS)


def test_make_lists_its_verbs_in_the_order_the_data_flows():
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert VERBS == [verb for line in listed.splitlines() if (verb := line.split()[0]) in VERBS]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_pictures_of_a_readme_are_there_and_small_enough_for_a_repository(page):
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / page).read_text("utf-8"))
    assert len(pictures) == 4
    for name in pictures:
        assert 10_000 < (ROOT / name).stat().st_size <= MOST_BYTES, f"{name}: run `make demo pictures`"
