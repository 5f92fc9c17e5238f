"""A character that usage speaks against is told as a doubt, with what others write; a word, a name, a quotation stays alone."""

import pytest

from govcrawl.texts import language
from govcrawl.texts import reader as reading
from govcrawl.texts.language import Language
from govcrawl.texts.reader import Reader


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("用工单位违反法律、法现规定将承包业务转包的，承担工伤保险责任。", "现", "规"),
    ],
)
def test_a_character_that_makes_no_usage_is_told_with_the_one_that_does(reader, text, wrong, right):
    (mark,) = reader.read("", text, None).marks

    assert ("typo", "crawl", wrong, right) == (mark.check_id, mark.way, mark.observed, mark.expected)
    assert not mark.certain


@pytest.mark.parametrize(
    "text",
    [
        "由保荐机构或者律师出具意见，市第七次党代会提出目标。",
        "上海市虹口区、宣城市、鄠邑区有关负责人到会。",
        "依照本法規定承擔賠償責任，當事人對仲裁裁決不服的，可以向人民法院起訴，並應當提交書面申請和有關證據材料。"
        * 2,
    ],
)
def test_words_regions_and_traditional_text_are_left_alone(marks, text):
    assert [] == [mark for mark in marks(text) if mark[0] == "typo"]


def test_what_clean_texts_of_the_office_use_is_learned(tmp_path, reader):

    target = tmp_path / "language" / "own.txt.xz"
    language.write(target, language.learn(["岚川市璞玉湾工程", "璞玉湾工程竣工", "别的话"]))

    assert 2 == Language.of([target]).sources["璞玉湾工"]
    assert "别的话" not in Language.of([target]).sources


def test_other_weights_read_every_text_anew(monkeypatch):
    before = Reader.of(None).read_by
    assert before == Reader.of(None).read_by
    monkeypatch.setattr(reading, "weights", lambda: b"fitted anew")

    assert before != Reader.of(None).read_by
