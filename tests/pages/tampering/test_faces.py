from datetime import date

import pytest

from govcrawl.pages.markup.document import Document
from govcrawl.pages.tampering.faces import describe, difference, resemblance, sketch
from govcrawl.records.items import Face

HOME = "http://jtj.lanchuan.gov.cn/"
NEWS = "".join(f"<p>岚川市交通局召开第{n}次工作会议，研究部署春运安全和农村公路建设。</p>" for n in range(30))


def face(channel: str, markup: str, *, outcome="ok", final_url=HOME) -> Face:
    shown = Face(channel, channel, HOME, outcome, 200, final_url, "2026-11-22T02:00:00.000000")
    document = Document(markup, HOME, date(2026, 11, 22))
    describe(shown, document, document.text, HOME)
    return shown


def page(body: str, title: str = "岚川市交通局") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


PLAIN = face("plain", page(NEWS + "<p>访问量：1,204,331　今天是2026年11月22日</p>"))


def strangers(number: int) -> str:
    return "".join(f'<a href="http://www.w{n}x.com/">相关网站{n}</a>' for n in range(number))


@pytest.mark.parametrize(
    ("channel", "markup", "way", "doubtful"),
    [
        ("spider", page(NEWS, "澳门新葡京官网_北京赛车开户"), "spam", False),
        ("referrer", page("<p>时时彩平台注册送彩金，北京赛车投注</p>", "时时彩平台注册"), "spam", False),
        ("spider", page(NEWS + strangers(5)), "links", False),
        ("spider", page(NEWS, "行情早知道"), "title", True),
        ("second-visit", page("<p>系统升级改造期间暂停服务，敬请谅解。</p>" * 9, "系统公告"), "text", True),
    ],
)
def test_another_face_is_told(channel, markup, way, doubtful):
    assert (way, doubtful) == difference(PLAIN, face(channel, markup))[::2]


@pytest.mark.parametrize(
    ("channel", "markup"),
    [
        ("spider", page(NEWS + "<p>访问量：1,204,399　今天是2026年11月23日</p>")),
        ("referrer", page("<p>岚川市交通局召开第99次工作会议</p>" + NEWS)),
        ("phone", page("<p>手机版，栏目有所精简。</p><a href='/'>电脑版</a>", "岚川市交通局手机版")),
        ("spider", page(NEWS + strangers(2))),
        ("phone", page("<p>下载app，注册登录平台官网</p>", "岚川市交通局官网登录入口")),
    ],
)
def test_the_same_page_with_another_clock_is_the_same(channel, markup):
    assert difference(PLAIN, face(channel, markup)) is None


def test_whoever_is_sent_to_a_stranger_is_shown_another_face():
    moved = face("referrer", page(""), outcome="redirect_offsite", final_url="http://www.bc-88.com/")
    home = face("referrer", page(""), outcome="redirect_offsite", final_url="http://www.lanchuan.gov.cn/")

    assert "moved" == difference(PLAIN, moved).way
    assert difference(PLAIN, home) is None


@pytest.mark.parametrize("outcome", ["blocked", "timeout", "server_error", "not_found"])
def test_who_is_kept_out_was_shown_no_face(outcome):
    assert difference(PLAIN, face("spider", page(""), outcome=outcome)) is None


def test_a_made_up_path_is_judged_by_what_it_says():
    spam = face("unknown-path", page("<p>时时彩平台</p>", "澳门新葡京官网_北京赛车"))
    excuse = face("unknown-path", page("<p>抱歉，您访问的页面不存在</p>" + strangers(4), "页面不存在"))

    assert "spam" == difference(None, spam).way
    assert difference(None, excuse) is None


def test_texts_are_alike_as_far_as_they_share_their_pieces():
    one, other = sketch(NEWS), sketch("岚川市气象台发布大风蓝色预警信号，预计今天夜间到明天白天。" * 5)

    assert 1.0 == resemblance(one, one)
    assert resemblance(one, other) < 0.1
    assert resemblance(one, sketch(NEWS + "<p>另有一段新增的话。</p>")) > 0.7


def test_a_page_that_is_there_for_engines_alone_is_told_and_one_for_everybody_is_not():
    nobody = face("unknown-path", page("<p>您访问的页面不存在</p>", "404"), outcome="not_found")
    planted = face("unknown-path", page("<p>今天的行情与昨天的行情</p>" + strangers(5), "行情早知道"))
    new_words = face(
        "unknown-path", page("<p>今天的行情与昨天的行情，本周的行情与上周的行情。</p>", "行情早知道")
    )

    assert ("links", False) == difference(nobody, planted)[::2]
    assert ("alone", True) == difference(nobody, new_words)[::2]
    assert difference(new_words, new_words) is None  # a server that answers everybody so
    assert difference(face("unknown-path", page(""), outcome="timeout"), new_words) is None
    assert difference(nobody, nobody) is None
    front = face(
        "unknown-path", page(NEWS + strangers(5))
    )  # shown for any address since the site was made anew
    assert difference(nobody, front, face("plain", page(NEWS + strangers(5)))) is None
