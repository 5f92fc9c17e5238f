"""A file is proven by the sums of its blocks; one that lacks or holds a wrong byte anywhere is not."""

import duckdb
import pytest

from govcrawl.records.errors import WarehouseError
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.sound import count_rows, every_block_holds, read_whole

HEADERS, BLOCK = 3 * 4096, 262_144


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A file with blocks that are free again, written in several checkpoints."""
    path = tmp_path_factory.mktemp("sound") / "whole.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE SCHEMA raw; CREATE TABLE raw.page AS SELECT n, md5(n::VARCHAR) AS body FROM range(60_000) AS r(n); "
            "CHECKPOINT; CREATE TABLE raw.gone AS FROM raw.page; CHECKPOINT; DROP TABLE raw.gone; CHECKPOINT; "
            "UPDATE raw.page SET body = md5(body) WHERE n % 7 = 0; CHECKPOINT"
        )
    return path


def altered(whole, tmp_path, change):
    path = tmp_path / "altered.duckdb"
    content = bytearray(whole.read_bytes())
    change(content)
    path.write_bytes(content)
    return path


def test_the_quick_proof_holds_for_files_of_this_duckdb(whole):
    assert every_block_holds(whole)
    with open_database(whole, read_only=True) as connection:
        assert read_whole(connection, whole) == count_rows(connection) == {"raw.page": 60_000}


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.7, 0.999])
def test_a_file_that_ends_early_is_not_whole(whole, tmp_path, share):
    kept = int(whole.stat().st_size * share)

    def cut(content):
        del content[kept:]

    assert not every_block_holds(altered(whole, tmp_path, cut))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.999])
def test_a_file_of_which_the_rest_never_reached_the_disk_is_not_whole(whole, tmp_path, share):
    written = int(whole.stat().st_size * share)

    def empty(content):
        content[written:] = bytes(len(content) - written)

    assert not every_block_holds(altered(whole, tmp_path, empty))


def test_one_wrong_bit_in_any_block_is_seen(whole, tmp_path):
    size = whole.stat().st_size
    places = [5, 4096 + 5, 8192 + 5, *(at + BLOCK // 2 for at in range(HEADERS, size, BLOCK))]
    assert len(places) > 8
    for place in places:

        def flip(content, place=place):
            content[place] ^= 4

        assert not every_block_holds(altered(whole, tmp_path, flip)), place


def test_a_damaged_row_raises_and_a_damaged_free_block_does_not(whole, tmp_path):
    refused = []
    for at in range(HEADERS, whole.stat().st_size, BLOCK):

        def flip(content, at=at):
            content[at + 1000] ^= 4

        path = altered(whole, tmp_path, flip)
        try:
            with open_database(path, read_only=True) as connection:
                assert read_whole(connection, path) == {"raw.page": 60_000}
            refused.append(False)
        except WarehouseError:
            refused.append(True)
    assert set(refused) == {True, False}
