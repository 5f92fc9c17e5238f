"""A name that changes its address between two look-ups: nothing private is connected to, by real look-ups and sockets."""

from tests.faults.own_network import inside
from tests.faults.rebinding import BOTH, INSIDE, SITE


def test_a_name_that_turns_to_a_private_address_is_never_asked_there(tmp_path, thorough, told):
    seen = inside("tests.faults.rebinding", tmp_path, *(["drawn"] if thorough else []))

    assert [] == seen["private"]
    assert seen["names"][SITE.removeprefix("http://")] >= 1
    words = seen["outcomes"]
    for page in ("", "drawn.html") if thorough else ("",):
        assert "ok" == words[f"{SITE}/{page}"] == words[f"http://{BOTH}/{page}"]
        assert "not_attempted" == words[f"http://{INSIDE}/{page}"]
    assert "ok" == words[f"{SITE}/a.html"] == words[f"{SITE}/b.html"]
    assert thorough == any("/from-script" in line for line in seen["public"])
    told(
        "names that turn to 127.0.0.1 after their first look-up, or have both addresses, or only that",
        f"{len(seen['public'])} requests to the public machine, 0 connections to the private one",
    )
