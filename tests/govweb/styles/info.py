"""Addresses by number (`/info/1012/3456.htm`), dates with slashes, list pages counted backwards in a folder."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb.elsewhere import ENGINE
from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Info(Style):
    name = "info"

    def search_form(self, view: View) -> str:
        """The engine is the province's, on its own host."""
        return (
            f'<form action="http://{ENGINE}/s" target="_blank"><input type="hidden" name="site" value="{view.site.site_code}">'
            '<input type="search" name="q" placeholder="站内搜索"><button type="submit">搜索</button></form>'
        )

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del day
        return f"/info/{1000 + sum(section.path.encode()) % 900}/{serial}.htm"

    def list_path(self, section: Section, page: int) -> str:
        return section.path if page == 1 else f"{section.path.removesuffix('.htm')}/{page}.htm"

    def row(self, entry: Entry, number: int) -> str:
        printed = f'<span class="c_time">{entry.day:%Y/%m/%d}</span>' if self.prints_date(entry) else ""
        return f'<li id="line_u8_{number}">{printed}<a href="{entry.path}" title="{escape(entry.title)}">{escape(entry.title)}</a></li>'

    def home(self, view: View) -> str:
        blocks = "".join(
            f'<div class="block"><h2><a href="{section.path}">{section.name}</a></h2><ul class="list">'
            f"{''.join(self.row(entry, at) for at, entry in enumerate(view.home_entries(section, 5)))}</ul></div>"
            for section in view.site.sections
            if section.on_home
        )
        body = f'<div class="wrap">{blocks}{view.planted("home")}</div>'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        rows = "".join(self.row(entry, at) for at, entry in enumerate(self.sheet(view, section, page)))
        last = self.pages(view, section)
        numbers = "".join(
            f'<span class="p_no"><a href="{self.list_path(section, number)}">{number}</a></span>'
            for number in range(1, last + 1)
        )
        after = (
            f'<span class="p_next"><a href="{self.list_path(section, page + 1)}">下页</a></span>'
            if page < last
            else ""
        )
        body = f"""<div class="wrap">{self.crumbs(section)}<ul class="list">{rows}</ul>
<div class="pb_sys_common"><span class="p_t">共{len(view.entries(section))}条</span>{numbers}{after}</div>
{view.planted(section.name)}</div>"""
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<div class="wrap article">{self.crumbs(entry.section)}
<form name="_newscontent_fromname"><h1>{escape(entry.title)}</h1><div class="meta">{self.label(view, entry)}</div>
<div class="v_news_content">{self.text(view, entry)}</div></form>
{self.related(view, entry)}</div>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
