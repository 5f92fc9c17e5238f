"""Several processes read what one would read, in its order; one that dies is told, and no text is called clean."""

import pytest

from govcrawl.records.errors import RunError
from govcrawl.texts.processes import Unread, _Process, readings

TEXTS = [
    Unread(str(number), text, "2026-03-18")
    for number, text in enumerate(
        ("抓紧按装设备。", "会议传达了内蒙古自制区的要求。", "一切如常。", "姓名钱某，身份证号341401199003074514。", "锟斤拷锟斤拷锟斤拷锟斤拷")
    )
]  # fmt: skip


def test_two_processes_say_what_one_says(tmp_path, reader):  # 6 s: each learns the language for itself
    alone = list(readings(reader, tmp_path, iter(TEXTS), 1))

    assert alone == list(readings(reader, tmp_path, iter(TEXTS), 2, most=2))
    assert ["typo", "misstatement", None, "privacy-leak", "mojibake"] == [
        next((mark.check_id for mark in reading.marks), None) for reading in alone
    ]


def test_a_process_that_died_is_told(tmp_path):
    with _Process(tmp_path) as process:
        process._process.kill()
        with pytest.raises(RunError, match="a process that reads texts has ended with -9"):
            process.read(TEXTS[:1])
