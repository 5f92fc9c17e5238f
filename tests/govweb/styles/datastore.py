"""Lists held in a script block as XML with CDATA, which the browser's script unpacks page by page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Datastore(Style):
    name = "datastore"
    page_size = 100  # all records stand in the page

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del section
        if day is None:
            return f"/art/art_{serial}.html"
        return f"/art/{day.year}/{day.month}/{day.day}/art_{serial // 1000}_{serial}.html"

    def row(self, entry: Entry) -> str:
        printed = f"<span>{entry.day}</span>" if self.prints_date(entry) else ""
        title = escape(entry.title)
        return f"<li><a href='{entry.path}' target='_blank' title='{title}'>{title}</a>{printed}</li>"

    def store(self, rows: list[str], block: str) -> str:
        records = "".join(f"<record><![CDATA[{row}]]></record>\n" for row in rows)
        return f"""<div id="{block}"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&unitid={block}"></a>]]></nextgroup>
<recordset>
{records}</recordset></datastore></script></div>
<script src="/assets/js/jpage.js"></script><script>new jpage('{block}').render();</script>"""

    def home(self, view: View) -> str:
        blocks = "".join(
            f'<div class="block"><h2><a href="{section.path}">{section.name}</a></h2>'
            f'<ul class="list">{"".join(self.row(entry) for entry in view.home_entries(section, 6))}</ul></div>'
            for section in view.site.sections
            if section.on_home
        )
        body = f'<div class="wrap">{blocks}{view.planted("home")}</div>'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        rows = [self.row(entry) for entry in self.sheet(view, section, page)]
        block = str(40_000 + view.site.sections.index(section))
        body = f'<div class="wrap">{self.crumbs(section)}<h2>{section.name}</h2>{self.store(rows, block)}{view.planted(section.name)}</div>'
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<div class="wrap article">{self.crumbs(entry.section)}
<!--<$[标题名称(html)]>begin--><h1>{escape(entry.title)}</h1><!--<$[标题名称(html)]>end-->
<div class="meta">{self.label(view, entry)}</div>
<!--<$[信息内容]>begin--><div id="zoom">{self.text(view, entry)}</div><!--<$[信息内容]>end-->
{self.related(view, entry)}</div>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
