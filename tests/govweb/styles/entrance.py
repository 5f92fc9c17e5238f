"""A home page that is only an entrance: pictures and names of sections, no news. Lists are definition lists."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb import prose
from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Entrance(Style):
    name = "entrance"
    page_size = 6

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del section
        if day is None:
            return f"/content/{serial}.html"
        return f"/content/{day:%Y-%m}/{day:%d}/content_{serial}.html"

    def home(self, view: View) -> str:
        gates = "".join(
            f'<div class="gate"><a href="{section.path}"><img src="/assets/images/gate.png" alt=""><b>{section.name}</b></a></div>'
            for section in view.site.sections
        )
        body = f'<div class="wrap entrance"><p class="slogan">为民　务实　清廉</p>{gates}{view.planted("home")}</div>'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        rows = "".join(
            f'<dd><a href="{entry.path}">{escape(entry.title)}</a>'
            f"{f'<i>{prose.chinese_date(entry.day)}</i>' if self.prints_date(entry) else ''}</dd>"
            for entry in self.sheet(view, section, page)
        )
        last = self.pages(view, section)
        after = f'<a href="index_{page + 1}.html" class="next">下一页</a>' if page < last else ""
        body = f"""<div class="wrap">{self.crumbs(section)}<dl class="list"><dt>{section.name}</dt>{rows}</dl>
<div class="pager">{page}/{last} {after}</div>{view.planted(section.name)}</div>"""
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<div class="wrap article">{self.crumbs(entry.section)}<h1>{escape(entry.title)}</h1>
<div class="meta">{self.label(view, entry)}</div><div class="pages_content">{self.text(view, entry)}</div>
{self.related(view, entry)}</div>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
