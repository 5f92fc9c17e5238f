"""Hidden links and injections, planted in clean pages of many layouts, in every way of hiding, with words nobody listed.

Two thirds of the words of the planted links are not in our lexicon; boring ones (a school, a novel site) are in none.
"""

import random
import statistics
import tarfile
import time
from collections.abc import Iterator
from datetime import date

from benchmarks.corpus import pages
from benchmarks.reading import REAL
from benchmarks.text import Row
from govcrawl.pages.articles.text import text_sha256
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.markup.document import Document
from govcrawl.pages.read import read_page
from govcrawl.pages.tampering.faces import describe, difference
from govcrawl.pages.tampering.jargon import _as_written
from govcrawl.pages.tampering.lapsed import spam_of
from govcrawl.pages.tampering.planted import planted
from govcrawl.records.items import Face
from tests.pages.layouts.articles import articles
from tests.pages.layouts.lists import lists
from tests.pages.tampering.blocks import BENIGN, WAYS

AS_OF = date(2026, 11, 22)
HOME = "http://www.yunting.gov.cn/"
SPAM = (
    "开元棋牌官网", "凤凰彩票平台", "金沙国际娱乐", "万博体育登录", "乐鱼体育app", "德甲竞猜投注", "六合彩特码资料", "时时彩计划软件", "百家乐技巧",
    "北京赛车直播", "真人荷官在线", "菠菜论坛", "澳门威尼斯人网址", "亚洲av在线", "欧美三级片", "成人小说", "同城约炮", "裸聊直播", "日韩无码专区",
    "国产精品免费观看", "迷药货到付款", "催情水购买", "伟哥正品", "男科医院排名", "无痛人流多少钱", "黑户贷款口子", "信用卡套现", "无抵押秒到账", "办证刻章",
    "代开增值税发票", "毕业证办理", "假文凭", "传奇私服发布网", "新开传奇网站", "热血江湖sf", "薄彩公司", "時時彩平臺", "百傢乐",
)  # fmt: skip
BORING = (
    "超级军事网", "新笔下文学", "苏州家教网", "土工布", "长春英语培训", "铝合金门窗", "成都人才网", "佛教用品", "好文秘", "二手办公家具回收", "北京汽车展览会",
    "虚拟主机", "小说阅读", "减速机厂家", "猫咪护理", "同城搬家", "电动车维修", "起名网", "装修效果图", "手机游戏",
)  # fmt: skip
EACH = 12  # cases a way and kind
TITLES = (
    "澳门新葡京官网登录", "开元棋牌app下载", "乐鱼体育官网注册", "百家乐在线平台", "北京赛车pk10开奖直播", "六合彩特码开奖结果", "时时彩平台注册开户", "欧美av在线观看",
    "成人视频免费观看", "办证刻章代开发票", "传奇私服新开传奇网站", "菠菜平台送彩金注册", "威尼斯人娱乐城官方网站", "金沙国际真人娱乐app", "無碼av在線觀看", "黑户贷款秒到账",
)  # fmt: skip
OFFICIAL = (
    "关于开展打击整治网络赌博专项行动的通知", "岚川市体育彩票管理中心2026年预算公开", "市场监管局查处一起无证医疗美容案", "警惕裸聊诈骗", "小额贷款公司监督管理办法",
    "关于毕业证书遗失声明登报的说明", "代开增值税普通发票办理指南", "岚川市妇幼保健院官网", "政务服务平台用户注册登录入口", "关于下载使用国家反诈中心app的倡议书",
    "网络游戏防沉迷宣传", "贷款贴息申报平台", "普通话水平测试报名网址", "菠菜种植技术", "博采众家之长", "太阳城社区居民委员会",
)  # fmt: skip


def clean_pages() -> Iterator[tuple[str, str]]:
    """Clean pages of varied styles: (where from, markup)."""
    for page in articles():
        yield f"article {page.name}", page.html
    for page in lists():
        yield f"list {page.name}", page.html
    for path, body in pages().items():
        yield f"corpus {path}", body.decode()
    for path in sorted((REAL / "policy").glob("*.html")):
        yield f"policy {path.name}", path.read_text("utf-8", "replace")
    for archive in sorted((REAL / "sites").glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.name.endswith((".html", ".htm")) and not member.name.endswith("/index.html"):
                    yield f"site {member.name}", tar.extractfile(member).read().decode("utf-8", "replace")


def told(markup: str, memo: LinkMemo) -> list[tuple[str, str | None]]:
    """(check, doubt) of what one page shows to be planted; a menu is told by history alone."""
    read = read_page(markup.encode(), HOME, content_type="text/html; charset=utf-8", as_of=AS_OF, memo=memo)
    return [
        ("hidden-link" if each.kind == "hidden" else "spam-injection", each.doubt)
        for each in read.planted
        if each.doubt != "menu"
    ]


def within(markup: str, block: str) -> str:
    """A block put where planters put it: before the end of the body."""
    head, end, rest = markup.rpartition("</body>")
    return f"{head}{block}{end}{rest}" if end else markup + block


def by_words(markup: str) -> bool:
    return bool(_as_written()[0].search(markup))


def rows() -> Iterator[Row]:
    rng = random.Random(20261127)
    memo = LinkMemo(HOME)
    clean = list(clean_pages())
    alarms = [(name, found) for name, markup in clean if (found := told(markup, memo))]
    plain = sum(by_words(markup) for _, markup in clean)
    yield Row(
        "hidden-link spam",
        "clean pages",
        0,
        0,
        len(clean),
        len(alarms),
        0,
        plain,
        [f"{name}: {found}" for name, found in alarms],
    )
    bases = [markup for name, markup in clean if name.startswith(("article", "list", "corpus"))]
    for name, block in BENIGN.items():
        sample = rng.sample(bases, EACH)
        wrong = [found for markup in sample if (found := told(within(markup, block), memo))]
        yield Row(
            "hidden-link", f"benign: {name}", 0, 0, EACH, len(wrong), missed=[str(each) for each in wrong]
        )
    for way, hide in WAYS.items():
        for kind, words in (("spam", SPAM), ("boring", BORING)):
            missed, found, plainly = [], 0, 0
            for number in range(EACH):
                count = (
                    (1, 2, 3, 5, 12, 30)[number % 6] if kind == "spam" else (3, 4, 5, 8, 12, 30)[number % 6]
                )
                links = [
                    (f"http://www.{rng.randbytes(4).hex()}.com/", rng.choice(words)) for _ in range(count)
                ]
                markup = within(rng.choice(bases), hide(links))
                seen = [check for check, _ in told(markup, memo)]
                found += seen == ["hidden-link"]
                plainly += by_words(markup)
                if seen != ["hidden-link"]:
                    missed.append(f"{count} links, {links[0][1]}: {seen or 'silent'}")
            yield Row("hidden-link", f"{way}, {kind}", EACH, found, plain=plainly, missed=missed)
    yield from _titles(rng, memo, bases)
    yield from _shown(rng, memo, bases)
    yield from _faces(rng, bases)
    yield _cost(clean, memo)


def _titles(rng: random.Random, memo: LinkMemo, bases: list[str]) -> Iterator[Row]:
    def titled(title: str) -> str:
        markup = rng.choice(bases)
        start, end = markup.find("<title>"), markup.find("</title>")
        return (
            f"{markup[: start + 7]}{title}{markup[end:]}" if start >= 0 else f"<title>{title}</title>{markup}"
        )

    for way, written in (
        ("title", str),
        ("title in references", lambda title: "".join(f"&#{ord(each)};" for each in title)),
        ("title with blanks", " ".join),
    ):
        missed = [
            title for title in TITLES if ("spam-injection", None) not in told(titled(written(title)), memo)
        ]
        plain = sum(by_words(written(title)) for title in TITLES)
        yield Row("spam-injection", way, len(TITLES), len(TITLES) - len(missed), plain=plain, missed=missed)
    wrong = [title for title in OFFICIAL if told(titled(title), memo)]
    plain = sum(by_words(title) for title in OFFICIAL)
    yield Row("spam-injection", "titles of offices", 0, 0, len(OFFICIAL), len(wrong), 0, plain, wrong)


def _shown(rng: random.Random, memo: LinkMemo, bases: list[str]) -> Iterator[Row]:
    missed, either = [], []
    for words in SPAM:
        block = f'<p><a href="http://www.{rng.randbytes(4).hex()}.com/">{words}</a></p>'
        seen = [check for check, _ in told(within(rng.choice(bases), block), memo)]
        opened = Document(f"<title>{rng.choice(TITLES)}</title><p>欢迎光临</p>", HOME, AS_OF)
        if "spam-injection" not in seen:
            missed.append(words)
            if not spam_of(opened):
                either.append(f"{words} → {opened.title}")
    yield Row(
        "spam-injection", "one shown link, candidates too", len(SPAM), len(SPAM) - len(missed), missed=missed
    )
    # The links run opens each target.
    yield Row(
        "spam-injection", "one shown link or its target", len(SPAM), len(SPAM) - len(either), missed=either
    )


def _face(
    channel: str, markup: str, *, outcome: str = "ok", final_url: str = HOME, visitor: str | None = None
) -> Face:
    shown = Face(channel, visitor or channel, HOME, outcome, 200, final_url, "2026-11-22T02:00:00.000000")
    document = Document(markup, HOME, AS_OF)
    describe(shown, document, document.text, HOME)
    return shown


NOBODY = _face("unknown-path", "<title>404</title><p>页面不存在</p>", outcome="not_found", visitor="browser")
"""What a browser gets at a made-up path of most hosts."""


def _faces(rng: random.Random, bases: list[str]) -> Iterator[Row]:
    """Pages as everybody sees them beside what engines are shown; and beside the same page a minute later."""
    foreign = "http://www.{}.com/"
    ways = {
        "another title": lambda page: _face("spider", f"<title>{rng.choice(TITLES)}</title>{page}"),
        "another page": lambda _: _face(
            "referrer", f"<title>{rng.choice(TITLES)}</title><p>{'，'.join(SPAM[:9])}</p>"
        ),
        "links": lambda page: _face(
            "spider",
            within(
                page,
                "".join(
                    f'<a href="{foreign.format(rng.randbytes(4).hex())}">{rng.choice(BORING)}</a>'
                    for _ in range(5)
                ),
            ),
        ),
        "sent away": lambda _: _face(
            "referrer", "", outcome="redirect_offsite", final_url=foreign.format("bc-88")
        ),
        "made-up path": lambda _: _face(
            "unknown-path", f"<title>{rng.choice(TITLES)}</title><h1>{SPAM[0]}</h1>"
        ),
    }
    for visitor in ("spider", "referrer", "phone", "second-visit"):
        ways[f"made-up path, as {visitor}, words in no list"] = lambda _, visitor=visitor: _face(
            "unknown-path",
            f"<title>{rng.choice(BORING)}</title><h1>{rng.choice(BORING)}</h1>",
            visitor=visitor,
        )
    sample = rng.sample(bases, 60)
    for way, shown in ways.items():
        pairs = [
            (NOBODY if way.startswith("made-up") else _face("plain", page), shown(page)) for page in sample
        ]
        missed = [face.title or "" for plain, face in pairs if difference(plain, face) is None]
        yield Row("cloaking", way, len(pairs), len(pairs) - len(missed), missed=missed)
    for name, given in (("404", NOBODY), ("front page", None)):
        # The same for everybody: an honest 404, or the front page for any address.
        both = [
            (given or _face("unknown-path", page), given or _face("unknown-path", page)) for page in sample
        ]
        alarms = sum(difference(plain, face) is not None for plain, face in both)
        yield Row("cloaking", f"made-up path, everybody's {name}", 0, 0, len(both), alarms)
    changed = [
        within(page, f"<p>访问量：{rng.randrange(10**6)}　{rng.choice(BORING)}今天召开会议</p>")
        for page in sample
    ]
    alarms = sum(
        difference(_face("plain", page), _face("spider", other)) is not None
        for page, other in zip(sample, changed, strict=True)
    )
    yield Row("cloaking", "the same page a minute later", 0, 0, len(sample), alarms)


def _cost(clean: list[tuple[str, str]], memo: LinkMemo) -> Row:
    """All that the checks of texts and tampering cost in the crawl: what is planted is sought, and the text gets its hash."""
    spent = []
    for _, markup in clean:
        read = read_page(
            markup.encode(), HOME, content_type="text/html; charset=utf-8", as_of=AS_OF, memo=memo
        )
        started = time.process_time()
        planted(read.document, memo.home_url, read.text)
        text_sha256(read.text)
        spent.append((time.process_time() - started) * 1000)
    worst = statistics.quantiles(spent, n=100)[98]
    told_as = f"cost {statistics.mean(spent):.2f} ms, p99 {worst:.1f}"
    return Row("tampering", told_as, 0, 0, len(spent))
