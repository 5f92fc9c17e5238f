"""The hash of the code that reads changes with its source, and with nothing else."""

from __future__ import annotations

import shutil

from govcrawl.records.reader_version import PACKAGE, reader_sha256


def test_it_changes_with_a_module_or_a_list_of_the_readers_and_not_with_what_python_compiled(tmp_path):
    copy = tmp_path / "govcrawl"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "texts", "warehouse"))
    before = reader_sha256(copy)
    (copy / "pages" / "lists" / "rows.pyc").write_bytes(b"compiled")
    assert before == reader_sha256(copy)

    seen = {before}
    for name in ("pages/lists/rows.py", "pages/tampering/jargon.csv", "spiders/list_reading.py"):
        with (copy / name).open("a") as file:
            file.write("\n# changed")
        reader_sha256.cache_clear()
        seen.add(reader_sha256(copy))

    assert 4 == len(seen)
