"""The crawl is a dictionary: what two sites write is usage, however often one site writes it."""

import pytest

from govcrawl.records.errors import UserError
from govcrawl.texts.grown import Grown
from govcrawl.texts.language import Language


def test_usage_is_counted_by_sites_and_grows_from_night_to_night(tmp_path):
    path = tmp_path / "language" / "crawl.npz"
    first = Grown.of(path)
    for _ in range(3):
        first.add("1", "候考室的监考人员")
    first.save(path)

    assert {} == Grown.of(path).usage(2, 100)

    second = Grown.of(path)
    second.add("2", "进入候考室，再进考场")
    second.save(path)

    assert {"候考": 2, "考室": 2, "候考室": 2} == Grown.of(path).usage(2, 100)


def test_a_night_whose_texts_hold_no_words_leaves_usage_as_it_was(tmp_path):
    grown = Grown.of(tmp_path / "crawl.npz")
    grown.add("1", "2026。")
    grown.save(tmp_path / "crawl.npz")

    assert {} == Grown.of(tmp_path / "crawl.npz").usage(1, 100)


def test_the_most_used_stay_where_there_is_no_room(tmp_path):
    grown = Grown.of(tmp_path / "crawl.npz")
    for site in "123":
        grown.add(site, "候考")
    for site in "12":
        grown.add(site, "监考")

    assert {"候考": 3} == grown.usage(2, 1)


def test_usage_of_the_crawl_is_added_to_that_of_laws(tmp_path):
    path = tmp_path / "crawl.npz"
    grown = Grown.of(path)
    grown.add("1", "候考室")
    grown.add("2", "候考室")
    grown.save(path)

    assert Language.of([path]).sources["候考室"] == 2 + Language.of().sources.get("候考室", 0)


def test_a_file_that_is_none_is_named_with_its_remedy(tmp_path):
    path = tmp_path / "crawl.npz"
    path.write_bytes(b"PK no zip")

    with pytest.raises(UserError, match=r"crawl\.npz.*Remove it"):
        Grown.of(path)
