"""A night whose name servers are silent: nothing is judged by it, it is held, and status says so."""

import pytest

from tests.faults.own_network import inside


def test_a_night_without_names_is_held_and_readers_keep_the_one_before(tmp_path, thorough, told):
    if not thorough:
        pytest.skip("two whole nights")
    seen = inside("tests.faults.names_gone", tmp_path, tmp_path)
    first, second = seen["2026-11-21"], seen["2026-11-22"]

    assert 0 == first[0], first[1]
    assert 3 == second[0], second[1]
    assert "measured 0 of the " in second[1]
    assert "NOT WELL" in seen["status 2026-11-22"][1]
    assert "held back by the publish gate" in seen["status 2026-11-22"][1]
    assert seen["latest"] in seen["copies"]
    assert 2 == len(seen["copies"])  # both of the first night
    told(
        "name servers silent for a whole night",
        "exit 3, none of the sites measured, held; readers keep the night before; status says why",
    )
