import pytest

from govcrawl.pages.articles.consultation import Consultation, consultation
from govcrawl.pages.articles.guide import ELEMENTS, guide_elements
from govcrawl.pages.articles.interpreter import interpreter
from govcrawl.pages.articles.letters import letters
from govcrawl.pages.articles.particulars import read_particulars
from govcrawl.pages.markup.document import Document
from govcrawl.records.items import PageFacts, PublicLetter

FOOT = "<div><p>主办单位：某市人民政府 联系电话：0999-1234567 地址：某市某路1号</p><p>网站标识码：3301000001</p></div>"
PROSE = "<p>会议指出，要提高站位、压实责任，把各项任务落到实处，推动工作向纵深发展，取得更大成效，让人民群众有更多获得感。</p>"
CHINESE = {
    "item_name": "事项名称", "basis": "设定依据", "conditions": "申请条件", "materials": "办理材料", "place": "办理地点",
    "time": "办理时间", "telephone": "联系电话", "process": "办理流程", "agency": "办理机构", "fee": "收费标准",
}  # fmt: skip


def page(body: str, title: str = "居住证明开具办事指南") -> Document:
    return Document(
        f"<title>{title}_某市</title><div class=nav><a href=/>首页</a></div><h1>{title}</h1><div class=content>{body}</div>{FOOT}",
        "http://www.example.gov.cn/bszn/1.html",
    )


def consult(body: str, title: str) -> Consultation:
    return consultation(page(body, title), title, "2026-03-01")


def as_table(names: list[str]) -> str:
    return f"<table>{''.join(f'<tr><td>{name}</td><td>见说明第{at}条</td></tr>' for at, name in enumerate(names))}</table>"


def as_terms(names: list[str]) -> str:
    return (
        f"<dl>{''.join(f'<dt>【{name}】</dt><dd>见说明第{at}条</dd>' for at, name in enumerate(names))}</dl>"
    )


def as_headings(names: list[str]) -> str:
    return "".join(
        f"<h3><b>{'一二三四五六七八九十'[at]}、</b>{name}</h3><p>见说明。</p>"
        for at, name in enumerate(names)
    )


def as_lines(names: list[str]) -> str:
    return "".join(f"<p>（{at}）{' '.join(name)}：见说明。</p>" for at, name in enumerate(names, 1))


def as_tabs(names: list[str]) -> str:
    strip = "".join(f"<li><a href='#{at}'>{name}</a></li>" for at, name in enumerate(names))
    return (
        f"<ul class=tabs>{strip}</ul>{''.join(f'<div id={at}>见说明。</div>' for at, _ in enumerate(names))}"
    )


@pytest.mark.parametrize("laid_out", [as_table, as_terms, as_headings, as_lines, as_tabs])
@pytest.mark.parametrize(
    "missing", [(), ("basis",), ("telephone", "place"), ("conditions", "fee", "agency", "time")]
)
def test_a_guide_shows_what_is_labelled_however_it_is_laid_out(laid_out, missing):
    shown = [element for element in ELEMENTS if element not in missing]

    assert shown == guide_elements(page(laid_out([CHINESE[element] for element in shown])))


def test_an_empty_cell_shows_nothing_and_other_names_mean_the_same():
    rows = [
        ("设立依据", "《居住证暂行条例》"), ("受理条件", "年满16周岁"), ("申请材料", "身份证"), ("受理机构", "派出所"),
        ("是否收费", ""), ("承诺办结时限", "1个工作日"), ("咨询方式", "0999-7654321"), ("办事窗口", "<img src=m.png>"),
    ]  # fmt: skip
    table = "".join(f"<tr><th>{label}：</th><td>{value}</td></tr>" for label, value in rows)

    assert [
        "item_name",
        "basis",
        "conditions",
        "materials",
        "place",
        "time",
        "telephone",
        "agency",
    ] == guide_elements(page(f"<table>{table}</table>"))


@pytest.mark.parametrize(
    "body",
    [
        PROSE,
        "<p>附件：<a href=1.doc>居住证明.doc</a></p>",
        "<p>第三条 申请人应当具备下列条件：（一）年满16周岁；（二）有固定住所。</p><p>第四条 申请人应当提交下列材料：身份证。</p>",
        "<p>采购单位：某局</p><p>地址：某路</p><p>联系电话：1234567</p><p>开标时间：3月1日</p><p>开标地点：某楼</p>",
    ],
)
def test_what_is_not_laid_out_as_a_guide_is_none(body):
    assert [] == guide_elements(page(body))


@pytest.mark.parametrize(
    ("body", "opens_on", "closes_on"),
    [
        ("<p>征集时间：2026年3月1日至2026年3月30日</p>", "2026-03-01", "2026-03-30"),
        ("<p>起止时间：2026-3-1 9:00 — 2026-3-30 18:00</p>", "2026-03-01", "2026-03-30"),
        (
            "<table><tr><td>征集时间</td><td>2026/03/01 至 2026/03/30</td></tr></table>",
            "2026-03-01",
            "2026-03-30",
        ),
        ("<p>开始时间：2026-03-01</p><p>截止时间：2026-03-30</p>", "2026-03-01", "2026-03-30"),
        ("<p>公开征求意见时间为2026年12月20日至1月18日。</p>", "2026-12-20", "2027-01-18"),
        ("<p>现向社会公开征求意见，时间自2026年3月1日起至3月30日止。</p>", "2026-03-01", "2026-03-30"),
        ("<p>请于2026年3月30日前将意见反馈至邮箱。</p>", None, "2026-03-30"),
        ("<p>有关单位和个人可在3月30日前提出意见。</p>", None, "2026-03-30"),
        ("<p>征求意见截止日期：2026年3月30日。</p>", None, "2026-03-30"),
        ("<p>本办法自2026年5月1日起施行，有效期至2031年4月30日。</p>", None, None),
        ("<p>截至2026年2月底，共完成项目30个。欢迎提出意见。</p>", None, None),
        ("<p>征集时间：2026年3月30日至2026年3月1日</p>", None, None),
        ("<p>征集时间：即日起一个月</p>", None, None),
    ],
)
def test_the_days_of_a_consultation_are_read_or_left_open(body, opens_on, closes_on):
    read = consult(body, "关于公开征求《某市养犬管理办法（征求意见稿）》意见的公告")

    assert (opens_on, closes_on) == (read.opens_on, read.closes_on)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h3>结果反馈</h3><p>共收到意见12条，采纳3条，其余意见已向提出人说明理由。</p>", True),
        ("<p>意见采纳情况：采纳3条。</p>", True),
        ("<h3>结果反馈</h3><p>暂无</p>", False),
        ("<p>征集结果将于征集结束后公布。</p>", False),
        ("<h3>结果反馈</h3>", False),
        (PROSE, False),
    ],
)
def test_a_result_is_one_that_is_shown_and_not_one_that_is_promised(body, shown):
    days = "<p>征集时间：2026年3月1日至2026年3月30日</p>"
    read = consult(days + body, "某市养犬管理办法征求意见")

    assert shown == (read.result is not None)


def test_a_page_that_reports_a_consultation_is_its_result():
    read = consult(PROSE, "关于《某市养犬管理办法》征求意见采纳情况的说明")

    assert Consultation(result="关于《某市养犬管理办法》征求意见采纳情况的说明") == read


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (
            "<p>解读单位：某市司法局</p><p>解读人：张三</p><p>联系电话：0999-8612345</p>",
            {"unit", "person", "telephone"},
        ),
        (
            "<p>（咨询单位：市司法局法规科；联系人：李某；咨询电话：0999-8612345）</p>",
            {"unit", "person", "telephone"},
        ),
        (
            "<table><tr><td>解读机关</td><td>某市司法局</td></tr><tr><td>解读人</td><td>张三</td></tr></table>",
            {"unit", "person"},
        ),
        ("<p>来电咨询请拨打热线12345。</p>", {"telephone"}),
        ("", set()),
    ],
)
def test_an_interpretation_names_who_answers_for_it_and_the_foot_of_the_site_does_not(body, named):
    assert named == interpreter(page(PROSE * 4 + body, "《某市养犬管理办法》政策解读")).keys()


def test_an_interpretation_that_is_a_picture_says_nothing_of_whom_it_names():
    assert {"pictured": "img"} == interpreter(page("<p><img src=1.jpg></p>", "一图读懂《某市养犬管理办法》"))


def test_letters_are_read_from_a_table_that_names_its_columns_and_from_rows_that_name_their_days():
    table = (
        "<table><tr><th>标题</th><th>来信时间</th><th>回复时间</th></tr>"
        "<tr><td><a href=/x/1.html>路灯不亮</a></td><td>2026-03-01</td><td>2026-03-04</td></tr>"
        "<tr><td><a href=/x/2.html>井盖缺失</a></td><td>2026-03-02</td><td></td></tr></table>"
    )
    rows = (
        "<ul><li><a href=/x/1.html>路灯不亮</a> 来信时间：2026-03-01 回复时间：2026-03-04</li>"
        "<li><a href=/x/2.html>井盖缺失</a> 来信时间：2026-03-02 状态：未回复</li></ul>"
    )
    expected = [
        PublicLetter(
            "路灯不亮", "http://www.example.gov.cn/x/1.html", "2026-03-01", "2026-03-04", answered=True
        ),
        PublicLetter("井盖缺失", "http://www.example.gov.cn/x/2.html", "2026-03-02", None, answered=False),
    ]

    assert expected == letters(page(table)) == letters(page(rows))


def test_a_list_of_titles_with_one_date_each_shows_no_letters():
    rows = (
        "<ul><li><a href=1.html>关于路灯的答复</a><span>2026-03-01</span></li></ul><p>来信时间以系统为准</p>"
    )

    assert [] == letters(page(rows))


def test_a_home_page_shows_no_particulars_and_a_document_its_number():
    document = page(f"<p>某政办发〔2026〕12号</p>{PROSE * 3}", "某市人民政府办公室关于印发工作方案的通知")

    article, home = PageFacts(kind="article"), PageFacts(kind="home")

    read_particulars(document, article)
    read_particulars(document, home)

    assert "某政办发〔2026〕12号" == article.doc_number
    assert PageFacts(kind="home") == home
