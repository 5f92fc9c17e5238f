"""What every page has, whatever its style: tags, furniture, footer; and what a style must draw."""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING

from tests.govweb import affairs, prose
from tests.govweb.elsewhere import FRIENDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View

SERVICES = (
    "生育收养", "户籍办理", "民族宗教", "教育科研", "入伍服役", "就业创业", "设立变更", "准营准办", "职业资格", "婚姻登记",
    "优待抚恤", "规划建设", "住房保障", "社会保障", "证件办理", "交通出行", "旅游观光", "出境入境", "消费维权", "公共安全",
    "司法公证", "知识产权", "环保绿化", "文化体育",
)  # fmt: skip
PALETTE = ("#c8102e", "#0b5cad", "#8a1f11", "#14685a", "#3a4a8c")


def relative(target: str, page: str) -> str:
    """`target` as a template that knows its own folder would write it: `./…` and `../../…`."""
    base = posixpath.dirname(page)
    path = posixpath.relpath(target, base)
    if target.endswith("/"):
        path += "/"
    return path if path.startswith("..") else f"./{path}"


class Style:
    """A family of templates. Subclasses draw the middle of the pages and say how addresses look."""

    name: str
    page_size = 10

    # -- addresses --------------------------------------------------------------------------------

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        raise NotImplementedError

    def list_path(self, section: Section, page: int) -> str:
        return section.path if page == 1 else f"{section.path}index_{page}.html"

    # -- pages ------------------------------------------------------------------------------------

    def home(self, view: View) -> str:
        raise NotImplementedError

    def listing(self, view: View, section: Section, page: int) -> str:
        raise NotImplementedError

    def article(self, view: View, entry: Entry) -> str:
        raise NotImplementedError

    def calls(self, view: View) -> dict[str, str]:
        """Answers to the calls the pages' scripts make: path and query → JSON or XML."""
        del view
        return {}

    # -- furniture --------------------------------------------------------------------------------

    def frame(
        self,
        view: View,
        path: str,
        body: str,
        *,
        page: str,
        title: str,
        section: Section | None = None,
        entry: Entry | None = None,
    ) -> str:
        """A whole page around its middle."""
        site = view.site
        declared = "gb2312" if site.charset == "gbk" else site.charset
        return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={declared}">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="Generator" content="JCMS 3.2">
<meta name="viewport" content="width=device-width,initial-scale=1">
{self.tags(view, page, title, section, entry)}
<title>{escape(title)}{"" if page == "home" else f"_{escape(site.name)}"}</title>
<link rel="shortcut icon" href="/favicon.ico">
<link rel="stylesheet" href="/assets/css/common.css?v=2.1">
<link rel="stylesheet" href="/assets/css/{self.name}.css?v=2.1">
<style>
{self.css(view)}
</style>
<script src="/assets/js/jquery.min.js"></script>
<script src="/assets/js/common.js?v=2.1"></script>
</head>
<body class="{self.name} page-{page}">
{self.header(view)}
{self.menu(view, path)}
{body}
{self.share(view) if page == "article" else ""}
{self.friends()}
{self.footer(view, path)}
{self.scripts(view)}
</body>
</html>
"""

    def tags(self, view: View, page: str, title: str, section: Section | None, entry: Entry | None) -> str:
        """The official tags of GB 国办发〔2017〕47号: site, column and content groups."""
        site = view.site
        groups = view.tag_groups(page)
        rows: list[tuple[str, str]] = []
        if "site" in groups:
            rows += [("SiteName", site.name), ("SiteDomain", site.host), ("SiteIDCode", site.site_code)]
        if "column" in groups and section:
            rows += [
                ("ColumnName", section.name),
                ("ColumnDescription", f"{site.name}{section.name}栏目"),
                ("ColumnKeywords", f"{section.name},{site.name}"),
                ("ColumnType", section.section_class),
            ]
        if "content" in groups and entry:
            rows += [("ArticleTitle", title)]
            if entry.dated and site.pubdate:
                rows += [("PubDate", f"{entry.day} {entry.clock}")]
            if not view.without_source(entry):
                rows += [("ContentSource", view.source(entry))]
        rows += [("keywords", f"{site.name},政务公开,办事服务"), ("description", f"{site.name}官方网站")]
        return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in rows)

    def css(self, view: View) -> str:
        main = PALETTE[int(view.site.site_code) % len(PALETTE)]
        rules = [
            f"body{{margin:0;font:16px/1.8 'Microsoft YaHei',SimSun,sans-serif;color:#333;background:#f7f8fa}}a{{color:#333;text-decoration:none}}a:hover{{color:{main}}}",
            ".wrap{width:1200px;margin:0 auto;background:#fff;padding:20px;box-sizing:border-box;overflow:hidden}",
            f".top{{background:{main};color:#fff;padding:24px 0}}.top .inner,.bar{{width:1200px;margin:0 auto}}.top h1{{margin:0;font-size:34px;letter-spacing:4px}}.top a{{color:#fff}}",
            f".menu{{background:#fff;border-bottom:3px solid {main}}}.menu ul{{width:1200px;margin:0 auto;padding:0;list-style:none;display:flex;flex-wrap:wrap}}.menu li a{{display:block;padding:10px 18px}}",
            ".block{width:48%;float:left;margin:0 1% 20px;min-height:220px}.block h2{font-size:20px;border-left:5px solid currentColor;padding-left:10px;margin:0 0 10px}.block h2 a.more{float:right;font-size:13px;color:#666}",
            ".list li,.list p{border-bottom:1px dashed #ddd;padding:6px 0;list-style:none;overflow:hidden}.list span,.list i{float:right;color:#666;font-style:normal;font-size:14px}",
            ".article h1{text-align:center;font-size:26px}.article .meta{text-align:center;color:#666;border-bottom:1px solid #eee;padding-bottom:12px}.article p{text-indent:2em}",
            ".friends{width:1200px;margin:20px auto;font-size:14px}.friends a{margin-right:20px}.foot{background:#3b4352;color:#cfd4dc;font-size:14px;text-align:center;padding:24px 0}.foot a{color:#cfd4dc}",
        ]
        grid = "".join(
            f".col-{n}{{width:{n * 100 / 24:.4f}%;float:left;padding:0 12px;box-sizing:border-box}}"
            for n in range(1, 25)
        )
        small = "".join(
            f"@media(max-width:{width}px){{.wrap,.friends,.bar{{width:{width - 40}px}}}}"
            for width in (1200, 992, 768, 480)
        )
        return "\n".join(rules) + "\n" + grid + "\n" + small

    def header(self, view: View) -> str:
        site = view.site
        today = prose.chinese_date(view.today)
        return f"""<div class="bar"><span id="today">今天是{today} {prose.weekday(view.today)}</span>
<span class="weather">岚川 多云 {8 + view.today.day % 9}℃～{15 + view.today.day % 11}℃</span>
{"" if view.standing("inaccessible") else '<a href="javascript:void(0)" id="toolbarSwitch">无障碍浏览</a>'}{self.assistant(view)} <a href="javascript:;" onclick="AddFavorite(location.href,document.title)">加入收藏</a>
{"" if view.standing("no-channel") else '<a href="https://zwfw.xiyan.gov.cn/12345/">在线咨询</a>'}</div>
<div class="top"><div class="inner"><a href="/"><img src="/assets/images/logo.png" alt="{escape(site.name)}" width="80"></a>
<h1>{escape(site.name)}</h1>
{"" if view.standing("searchless") else self.search_form(view)}</div></div>"""

    @staticmethod
    def assistant(view: View) -> str:
        """The entry to the assistant, which every portal has that does not say otherwise."""
        if view.site.kind != "门户" or view.standing("assistantless"):
            return ""
        if view.standing("assistant-by-script"):
            return ' <a href="javascript:void(0)" class="robot" onclick="window.robot&&robot.open()">智能客服</a>'
        return ' <a href="/znwd.html">智能问答</a>'

    def search_form(self, view: View) -> str:
        del view
        return (
            '<form action="/search" method="get" class="search"><input type="hidden" name="scope" value="title">'
            '<input type="text" name="q" placeholder="请输入关键词"><input type="submit" value="搜索"></form>'
        )

    def found(self, view: View, question: str) -> str:
        """The first page of results: what the search of a site answers."""
        rows = "".join(
            f'<li><a href="{entry.path}" target="_blank">{self.marked(entry.title, question)}</a><span>{entry.day}</span></li>'
            for entry in view.found(question)
        )
        body = (
            f'<div class="wrap"><p class="asked">您搜索的关键词是：<b>{escape(question)}</b></p>'
            f'<ul class="result-list">{rows or "<li>没有找到相关信息</li>"}</ul></div>'
        )
        return self.frame(view, "/search", body, page="other", title="搜索结果")

    @staticmethod
    def marked(title: str, question: str) -> str:
        """A title as engines print it: what was asked for stands out, so that its text is cut into pieces."""
        return escape(title).replace(escape(question[:6]), f"<em>{escape(question[:6])}</em>")

    def share(self, view: View) -> str:
        if view.standing("unshared"):
            return ""
        return (
            '<div class="bdsharebuttonbox"><span>分享到：</span><a href="javascript:;" class="bds_weixin" data-cmd="weixin"'
            ' title="分享到微信"></a></div>'
        )

    def menu(self, view: View, path: str) -> str:
        """The navigation, with the second menu that phones see and desktops hide."""
        del path
        entries = "".join(
            f'<li><a href="{section.path}">{section.name}</a></li>' for section in view.site.sections
        )
        ends = '<li><a href="/lxwm.html">联系我们</a></li><li><a href="/wzdt.html">网站地图</a></li>'
        services = "".join(
            f'<dd><a href="https://zwfw.xiyan.gov.cn/item?theme={code}" target="_blank">{name}</a></dd>'
            for code, name in enumerate(SERVICES, start=101)
        )
        return f"""<div class="menu"><ul><li><a href="/">首页</a></li>{entries}{ends}</ul></div>
<div class="menu-services" style="display:none"><dl><dt>办事服务</dt>{services}</dl></div>
<div class="menu-phone" style="display:none"><ul><li><a href="/">首页</a></li>{entries}{ends}</ul></div>"""

    def crumbs(self, section: Section) -> str:
        return f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="{section.path}">{section.name}</a></div>'

    def friends(self) -> str:
        links = "".join(f'<a href="{url}" target="_blank">{name}</a>\n' for name, url in FRIENDS)
        return f'<div class="friends"><b>友情链接</b>：{links}</div>'

    def footer(self, view: View, path: str) -> str:
        site = view.site
        record = f"{site.region_code}02{site.site_code[-6:]}"
        texts = {
            "party_mark": "<script>document.write(unescape(\"%3Cspan id='_ideConac'%3E%3C/span%3E%3Cscript "
            "src='http://dcs.conac.cn/js/13/220/0000/"
            f"{site.site_code}/CA{record}.js' type='text/javascript'%3E%3C/script%3E\"));</script>"
            f'<a href="http://bszs.conac.cn/sitename?method=show&amp;id={record}" target="_blank">'
            '<img src="/assets/images/party.png" alt="党政机关"></a>',
            "site_code": f"网站标识码：{site.site_code}",
            "icp": '<a href="https://beian.miit.gov.cn/" target="_blank">'
            f"皖ICP备20{site.site_code[-6:]}号-1</a>",
            "police_record": '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode='
            f'{record}" target="_blank"><img src="/assets/images/police.png" alt="">皖公网安备 {record}号</a>',
            "unit": f"主办单位：{site.unit}",
            "contact": f"联系电话：0999-86{site.site_code[-5:]} 地址：岚川市望岫区云岭路{int(site.site_code[-3:])}号",
            "ticket_entry": self.ticket_entry(view, path),
        }
        lines = "\n".join(f"<p>{texts[item]}</p>" for item in view.footer_items())
        return f"""<div class="foot">
<p><a href="/wzdt.html">网站地图</a> | <a href="/lxwm.html">联系我们</a></p>
{lines}
<p>Copyright © 2012-{view.today.year} {escape(site.name)} 版权所有　您是第<span id="counter">{view.visits}</span>位访问者</p>
</div>"""

    def ticket_entry(self, view: View, path: str) -> str:
        del path
        return (
            f'<script id="_jiucuo_" sitecode="{view.site.site_code}" '
            'src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'
        )

    def scripts(self, view: View) -> str:
        return f"""<script>
function AddFavorite(u,t){{try{{window.external.addFavorite(u,t)}}catch(e){{alert('请使用Ctrl+D进行添加')}}}}
(function(){{var d=new Date();var w=['日','一','二','三','四','五','六'];var el=document.getElementById('today');
if(el){{el.innerHTML='今天是'+d.getFullYear()+'年'+(d.getMonth()+1)+'月'+d.getDate()+'日 星期'+w[d.getDay()];}}}})();
{self.accessible(view)}
var _siteInfo={{"siteCode":"{view.site.site_code}","build":"2019-06-18","tpl":"{self.name}-3.2"}};
</script>
<script src="/assets/js/count.js" async></script>"""

    @staticmethod
    def accessible(view: View) -> str:
        """The script behind the entry to reading without barriers; without it the entry does nothing."""
        if view.standing("inaccessible") or view.standing("idle-entry"):
            return ""
        return (
            "(function(){var one=document.getElementById('toolbarSwitch');if(one){one.addEventListener('click',function(){"
            "setTimeout(function(){document.body.classList.toggle('large')},100)})}})();"
        )

    # -- what articles share ----------------------------------------------------------------------

    def label(self, view: View, entry: Entry) -> str:
        """The line under an article's title."""
        source = "" if view.without_source(entry) else f"来源：{view.source(entry)}"
        views = '浏览次数：<span id="hits">--</span>次'
        if not entry.dated:
            return f"<span>{source}</span> <span>{views}</span>"
        dated = view.site.label.format(
            date=entry.day, clock=entry.clock, chinese=prose.chinese_date(entry.day)
        )
        return f"<span>{dated}</span> <span>{source}</span> <span>{views}</span>"

    def text(self, view: View, entry: Entry) -> str:
        key = f"{view.site.slug}{entry.key}"
        lines = entry.document.lines() if entry.document else prose.paragraphs(key)
        body = affairs.body(view, entry) or "\n".join(f"<p>{line}</p>" for line in lines)
        for path in view.files(entry):
            if path.endswith(".jpg"):
                body += f'\n<p style="text-align:center"><img src="{path}" alt=""></p>'
            else:
                name = f"{escape(entry.title)}（附件）.{path.rpartition('.')[2]}"
                body += f'\n<p>附件：<a href="{path}">{name}</a></p>'
        if entry.section.section_class == "政策文件" and entry.dated:
            body += f'\n<p style="text-align:right">{view.site.unit}</p>'
            body += f'\n<p style="text-align:right">{prose.chinese_date(entry.day)}</p>'
        if view.signed(entry):
            body += f'\n<p style="text-align:right">{view.site.unit}</p>'
        return body + affairs.tail(view, entry) + view.planted(f"{entry.section.name}#{entry.number}")

    def related(self, view: View, entry: Entry) -> str:
        """The block of neighbouring news every article ends with; its dates are not the article's."""
        others = [other for other in view.entries(entry.section) if other.number != entry.number][:4]
        rows = "".join(
            f'<li><a href="{other.path}">{escape(other.title)}</a>'
            f"{f'<span>{other.day}</span>' if self.prints_date(other) else ''}</li>"
            for other in others
        )
        return f'<div class="related"><h3>相关新闻</h3><ul class="list">{rows}</ul></div>'

    @staticmethod
    def prints_date(entry: Entry) -> bool:
        """Whether lists print the entry's date."""
        return entry.dated and entry.section.dates == "list"

    def sheet(self, view: View, section: Section, page: int) -> list[Entry]:
        """The entries of one page of a list."""
        return view.entries(section)[(page - 1) * self.page_size : page * self.page_size]

    def pages(self, view: View, section: Section) -> int:
        return len(view.list_paths(section))

    # -- the two pages without news ---------------------------------------------------------------

    def topic(self, view: View, path: str, name: str) -> str:
        """A page of its own, without a date."""
        body = f'<div class="wrap"><h2>{name}</h2><p>{name}由{escape(view.site.unit)}整理，供查阅。</p>{view.planted(path)}</div>'
        return self.frame(view, path, body, page="other", title=name)

    def plain_pages(self, view: View) -> Iterator[tuple[str, str]]:
        """Site map, contact page and what the entry to the assistant leads to: no list, no date."""
        if "/znwd.html" in self.assistant(view):
            asked = (
                '<textarea placeholder="请输入您想咨询的问题"></textarea><button type="button">发送</button>'
            )
            resting = "<p>智能问答系统升级维护中，给您带来不便敬请谅解。</p>"
            body = f'<div class="wrap"><h2>智能问答</h2>{resting if view.standing("assistant-mute") else asked}</div>'
            yield "/znwd.html", self.frame(view, "/znwd.html", body, page="other", title="智能问答")
        rows = "".join(
            f'<dd><a href="{section.path}">{section.name}</a></dd>' for section in view.site.sections
        )
        yield (
            "/wzdt.html",
            self.frame(
                view,
                "/wzdt.html",
                f'<div class="wrap"><dl><dt>网站地图</dt>{rows}</dl></div>',
                page="other",
                title="网站地图",
            ),
        )
        yield (
            "/lxwm.html",
            self.frame(
                view,
                "/lxwm.html",
                f'<div class="wrap"><h2>联系我们</h2><p>{escape(view.site.unit)}</p>'
                "<p>办公地址：岚川市望岫区云岭路，邮政编码：239999，工作日上午八时至十二时对外办公。</p></div>",
                page="other",
                title="联系我们",
            ),
        )
