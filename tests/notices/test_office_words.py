"""The office's documents and pages speak as an office does."""

import tomllib

import pytest

from analytics.notices.environment import TEMPLATES
from analytics.notices.intranet.index import write_index
from analytics.words import phrases
from analytics.words.text import days_in_words, typeset
from tests.notices.office_words import unfit


def test_no_document_and_no_page_speaks_like_a_machine(prefecture):
    judged, written = prefecture
    first = write_index(judged.data)
    pages = [*written.folder.rglob("*.html"), first, *(first.parent / "intranet").rglob("*.html")]
    found = {
        path.name: said
        for path in pages
        if not path.stem.endswith("-figures")  # for who doubts a number: its rows and its statement
        if (said := unfit(path.read_text("utf-8")))
    }

    assert len(pages) >= 20
    assert {} == found


def _texts(value: object):
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("table", ["wording", "phrases"])
def test_no_phrase_speaks_like_a_machine(table):
    if table == "wording":
        words = tomllib.loads((TEMPLATES / "wording.toml").read_text("utf-8"))
        told = [text for name, each in words.items() if name != "groups" for text in _texts(each)]
        told = [text for text in told if any("\u4e00" <= sign <= "\u9fff" for sign in text)]
    else:
        told = [
            text
            for name in ("OUTCOMES", "WRONG", "FOOTER", "CERTIFICATE", "GUIDE")
            for text in getattr(phrases, name).values()
        ]
    found = [said for text in told for said in unfit(f"<p>{text}</p>")]

    assert len(told) > 15
    assert [] == found


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("首页最近更新日期2026-11-07", True),
        ("页面不存在（HTTP 404）", True),
        ("我们对你单位主办的政府网站进行了检查", True),
        ("证据编号 3f9a77b2c01d4e5f", True),
        ("由岚川市人民政府发布，本网站于…", True),
        ("运行 govcrawl doctor", True),
        ("account:dy-004", True),
        ("title: estimated False", True),
        ("未完成IPv6改造", False),
        ("首页最近更新日期2026年11月7日", False),
        ("“Annual Report 2026-11-07”未注明发布时间", False),
        ("留言编号LY-20001", False),
        ("http://www.lanchuan.gov.cn/2026-11-07/a.html", False),
    ],
)
def test_the_list_tells_machine_words_from_the_office_s(line, wrong):
    assert wrong == bool(unfit(f"<p>{line}</p>"))


def test_days_of_our_sentences_are_written_out_and_quotations_left():
    assert "首页最近更新日期2026年11月7日" == days_in_words("首页最近更新日期2026-11-07")
    assert "2026年11月21日至27日探测" == days_in_words("2026-11-21至2026-11-27探测")
    assert "2026年12月28日至2027年1月3日" == days_in_words("2026-12-28至2027-01-03")
    assert "于2026年11月7日14时06分发布" == days_in_words("于2026-11-07 14:06发布")
    assert "“2026-11-07通报”" == days_in_words("“2026-11-07通报”")
    assert "http://a.gov.cn/2026-11-07/x.html" == days_in_words("http://a.gov.cn/2026-11-07/x.html")
    assert "2026-13-45" == days_in_words("2026-13-45")
    assert "（2026年11月14日至28日）" == typeset("（2026-11-14至2026-11-28）")
