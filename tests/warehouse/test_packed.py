"""Records packed and rounds folded are the same records: a manifest vouches for the lines, however they lie."""

import pytest

from govcrawl.records import folded_rounds, packed
from govcrawl.records.errors import RunError
from govcrawl.records.record_files import read_records
from govcrawl.records.runs import pack_records, verify
from govcrawl.warehouse.load import load_all, rebuild
from tests.warehouse.folders import PORTAL, TODAY, page, probe


def test_a_packed_run_is_the_run_it_was(folders):
    run = folders.folder(folders.run("site", *(page(PORTAL, f"{n}.html") for n in range(300))))
    plain = list(read_records(run / "page" / "all.jsonl"))
    size = (run / "page" / "all.jsonl").stat().st_size
    pack_records(run)

    assert not (run / "page" / "all.jsonl").exists()
    assert (run / "page" / "all.jsonl.zst").stat().st_size < size / 8
    assert plain == list(read_records(run / "page" / "all.jsonl"))
    assert "finished" == verify(run).finish_reason
    assert [] == load_all(folders.data).refused


def test_packing_that_was_killed_goes_on(folders):
    run = folders.folder(folders.run("site", page(PORTAL)))
    whole = (run / "page" / "all.jsonl").read_bytes()
    pack_records(run)
    (run / "page" / "all.jsonl").write_bytes(whole)  # killed before the plain file was removed
    (run / "site_visit" / f"all.jsonl{packed.PACKING}").write_bytes(b"half")

    assert verify(run)
    pack_records(run)
    assert verify(run)


@pytest.mark.parametrize("place", [3, -3])
def test_a_byte_flipped_in_a_packed_file_is_named(folders, place):
    run = folders.folder(folders.run("site", *(page(PORTAL, f"{n}.html") for n in range(300))))
    assert [] == load_all(folders.data).refused
    pack_records(run)
    path = run / "page" / "all.jsonl.zst"
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(RunError, match="altered since the run was finished"):
        verify(run)
    ((folder, reason),) = load_all(folders.data).refused
    assert folder == run
    assert "what was loaded of it before stays" in reason


def a_round(folders, hour):
    return folders.folder(
        folders.run("availability", probe(PORTAL, f"{TODAY}T{hour:02}:00:00"), hour=hour, purpose="round")
    )


def test_rounds_of_a_day_are_folded_and_load_as_before(folders):
    rounds = [a_round(folders, hour) for hour in range(6)]
    before = {
        path.relative_to(folders.data / "runs"): path.read_bytes()
        for each in rounds
        for path in each.rglob("*")
        if path.is_file()
    }
    assert 6 == len(load_all(folders.data).loaded)
    path = folded_rounds.fold(folders.data, str(TODAY), rounds)

    assert not any(each.exists() for each in rounds)
    assert path.stat().st_size < 4000
    for run_id, files in folded_rounds.unfolded(path).items():
        folded_rounds.put_back(files, folders.data / "back" / run_id)
    back = folders.data / "back"
    assert before == {each.relative_to(back): each.read_bytes() for each in back.rglob("*") if each.is_file()}
    report = load_all(folders.data)
    assert ([], []) == (report.loaded, report.refused)
    assert 6 == len(rebuild(folders.data).loaded)
    assert [] == list(folders.data.glob(".unfolding*"))


def test_folding_that_was_killed_goes_on_and_late_rounds_get_a_file_of_their_own(folders):
    rounds = [a_round(folders, hour) for hour in range(3)]
    load_all(folders.data)
    path = folded_rounds.fold(folders.data, str(TODAY), rounds)
    for run_id, files in folded_rounds.unfolded(path).items():  # killed before any folder was removed
        folded_rounds.put_back(files, folders.data / "runs" / run_id)
    late = a_round(folders, 9)
    second = folded_rounds.fold(folders.data, str(TODAY), [*rounds, late])

    assert {path, second} == set(folded_rounds.folded_files(folders.data))
    assert {late.name} == set(folded_rounds.unfolded(second))
    report = rebuild(folders.data)
    assert (4, []) == (len(report.loaded), report.refused)


def test_a_folded_file_that_was_altered_is_named(folders):
    rounds = [a_round(folders, hour) for hour in range(3)]
    load_all(folders.data)
    path = folded_rounds.fold(folders.data, str(TODAY), rounds)
    assert [] == load_all(folders.data).refused
    path.write_bytes(path.read_bytes()[:-4])

    ((named, _),) = load_all(folders.data).refused
    assert path == named
    ((named, reason),) = rebuild(folders.data).refused
    assert path == named
    assert "cannot be read" in reason
