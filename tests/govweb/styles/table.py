"""Old table layouts: one row a line, the date in a cell of its own, pages behind 上一页 and 下一页."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Table(Style):
    name = "table"

    def search_form(self, view: View) -> str:
        del view
        return (
            '<form name="searchform" action="/search" method="post"><input type="hidden" name="siteid" value="12">'
            '<input name="q" size="16" class="keyword" title="搜索"><input type="image" src="/assets/images/logo.png" alt="检索"></form>'
        )

    page_size = 8

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del day
        return f"{section.path}{serial}.htm"

    def row(self, entry: Entry, pattern: str) -> str:
        printed = f"[{entry.day:{pattern}}]" if self.prints_date(entry) else ""
        return (
            f'<tr><td width="16">·</td><td align="left"><a href="{entry.path}" class="black">'
            f'{escape(entry.title)}</a></td><td width="110" class="date">{printed}</td></tr>'
        )

    def home(self, view: View) -> str:
        cells = [
            f'<td valign="top" width="50%"><table width="100%"><tr><th align="left">{section.name}</th>'
            f'<th align="right"><a href="{section.path}">更多</a></th></tr></table><table width="100%">'
            f"{''.join(self.row(entry, '%m-%d') for entry in view.home_entries(section, 6))}</table></td>"
            for section in view.site.sections
            if section.on_home
        ]
        rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
        body = f'<table class="wrap" align="center" border="0" cellpadding="0">{rows}</table>{view.planted("home")}'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        rows = "".join(self.row(entry, "%Y-%m-%d") for entry in self.sheet(view, section, page))
        last = self.pages(view, section)
        before = f'<a href="{self.list_path(section, page - 1)}">上一页</a>' if page > 1 else "上一页"
        after = f'<a href="{self.list_path(section, page + 1)}">下一页</a>' if page < last else "下一页"
        body = f"""<table class="wrap" align="center" border="0"><tr><td>{self.crumbs(section)}</td></tr>
<tr><td><table width="100%" class="tableIndexStyle_3">{rows}</table></td></tr>
<tr><td align="center">共{last}页 第{page}页 <a href="{section.path}">首页</a> {before} {after} <a href="{self.list_path(section, last)}">尾页</a></td></tr>
<tr><td>{view.planted(section.name)}</td></tr></table>"""
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<table class="wrap article" align="center" border="0"><tr><td>{self.crumbs(entry.section)}</td></tr>
<tr><td class="x_content_title" align="center"><h1>{escape(entry.title)}</h1></td></tr>
<tr><td class="x_time" align="center">{self.label(view, entry)}</td></tr>
<tr><td class="content">{self.text(view, entry)}</td></tr>
<tr><td>{self.related(view, entry)}</td></tr></table>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
