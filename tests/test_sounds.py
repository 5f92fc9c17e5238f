"""Characters are read aloud without the phrases of pypinyin."""

import subprocess
import sys

from govcrawl.sounds import sounds

ASKED = """
import sys
from govcrawl.sounds import readings, sounds
assert readings()[ord("薄")] == "báo,bó,bò,bù"
assert sounds("薄") == {"bao", "bo", "bu"}
assert "pypinyin.phrases_dict" not in sys.modules
"""


def test_a_character_has_its_readings_without_tones():
    assert {"xing", "hang", "heng"} == sounds("行")
    assert {"lv"} == sounds("绿") - {"lu"}
    assert frozenset() == sounds("a")


def test_no_process_loads_the_phrases():
    subprocess.run([sys.executable, "-c", ASKED], check=True)
