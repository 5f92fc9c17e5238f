"""The entry to a site's assistant is told by its whole name; what only speaks of one trips the net at most."""

import pytest

from govcrawl.pages.facts.assistant import ASSISTANT, assistant_entry, place_to_ask
from govcrawl.pages.markup.document import Document
from govcrawl.pages.nets.offered import offered


def page(markup: str) -> Document:
    return Document(f"<html><body>{markup}</body></html>", "http://www.yunting.gov.cn/")


@pytest.mark.parametrize(
    ("markup", "text", "url"),
    [
        ('<a href="/znwd/">智能问答</a>', "智能问答", "http://www.yunting.gov.cn/znwd/"),
        (
            '<a href="http://znkf.example.com/?s=1"><span><img alt="政务智能客服"></span></a>',
            "政务智能客服",
            "http://znkf.example.com/?s=1",
        ),
        (
            '<a href="javascript:void(0)" title="“云小智”智能机器人">云小智</a><a href="#">AI助手</a>',
            None,
            None,
        ),
        ("<div class=float><i onclick=open()>智能 问答</i></div>", "智能问答", None),
        (
            '<a href="#" onclick="r()">智能客服</a><a href="/w.html">问答机器人平台</a>',
            "问答机器人平台",
            "http://www.yunting.gov.cn/w.html",
        ),
    ],
)
def test_an_entry_is_told_by_its_name_and_leads_where_its_anchor_leads(markup, text, url):
    entry = assistant_entry(page(markup))

    assert entry is not None
    assert (text or "AI助手", url) == (entry.text, entry.url)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/a.html">我市首个智能客服机器人上线</a>',
        '<a href="/a.html">智能客服机器人上岗</a>',
        "<p>智能问答系统升级公告</p>",
        '<a href="/xy.htm"><img alt="云小智"></a>',
    ],
)
def test_what_only_speaks_of_an_assistant_is_no_entry(markup):
    assert assistant_entry(page(markup)) is None


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/x.htm"><img alt="云小智"></a>',
        '<div class="chat-btn"></div>',
        "<a href=/k>在线客服</a>",
        '<iframe src="/kefu/in.html"></iframe>',
        "<span>有问必答</span>",
    ],
)
def test_the_net_is_tripped_by_what_may_be_one(markup):
    assert ASSISTANT in offered(page(markup), [ASSISTANT])


def test_the_net_is_silent_where_nothing_is_called_like_it():
    markup = '<div class="main detail"><a href="/tzgg/" class="email">通知公告</a><i class="icon-wechat"></i><img src="/air.png" alt="空气质量"></div>'
    assert {} == offered(page(markup), [ASSISTANT])


@pytest.mark.parametrize(
    ("markup", "box"),
    [
        ("<textarea></textarea>", True),
        ("<div contenteditable=true></div>", True),
        ('<input placeholder="请输入您的问题">', True),
        ('<form action="/search"><input name="q" placeholder="请输入关键词"></form>', False),
        ('<form action="/login"><input name="user"></form>', False),
        ("<p>系统维护中</p>", False),
        ('<form action="/search"><input name="q"></form><iframe src="/chat"></iframe>', None),
    ],
)
def test_a_place_to_ask_is_no_search_and_may_be_in_a_frame(markup, box):
    assert box is place_to_ask(page(markup))
