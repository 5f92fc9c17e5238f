"""Text read in the wrong encoding is told, with what it was; a page that explains it is not."""

import pytest

SAID = "中国人民政府公告关于印发的通知"


@pytest.mark.parametrize(
    "garbled",
    [
        "锟斤拷锟斤拷锟斤拷",
        "目录\ufffd\ufffd\ufffd\ufffd如下",
        SAID.encode().decode("gbk", "ignore"),
        SAID.encode().decode("latin-1"),
        SAID.encode().decode("cp1252", "ignore"),
    ],
)
def test_garbled_text_is_one_finding(marks, garbled):
    assert ["mojibake"] == [mark[0] for mark in marks(f"标题\n{garbled}\n结尾")]


@pytest.mark.parametrize(
    "text",
    [
        "如页面出现“锟斤拷锟斤拷”，说明字符编码设置有误。",
        "鐘祥市、瀏陽市、鄂爾多斯市，珺璟如晔，赟、翀、喆等生僻字。",
        "Café Zürich — “naïve” résumé, Ã is a letter.",
        "温度±5℃，面积×2，§3。",
    ],
)
def test_rare_characters_and_explanations_are_left_alone(marks, text):
    assert [] == [mark for mark in marks(text) if mark[0] == "mojibake"]
