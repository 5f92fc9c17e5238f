"""Bulleted lists with relative addresses, paged by a script that knows only how many pages there are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb import affairs
from tests.govweb.styles.base import Style, relative

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Lists(Style):
    name = "lists"

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        if day is None:
            return f"{section.path}c_{serial}.html"
        return f"{section.path}{day:%Y%m}/t{day:%Y%m%d}_{serial}.html"

    def list_path(self, section: Section, page: int) -> str:
        return section.path if page == 1 else f"{section.path}index_{page - 1}.html"

    def row(self, entry: Entry, page: str) -> str:
        printed = f"<span>{entry.day}</span>" if self.prints_date(entry) else ""
        title = escape(entry.title)
        return f'<li><a href="{relative(entry.path, page)}" target="_blank" title="{title}">{title}</a>{printed}</li>'

    def home(self, view: View) -> str:
        blocks = "\n".join(
            f'<div class="block"><h2>{section.name}<a class="more" href=".{section.path}">更多&gt;&gt;</a></h2>'
            f'<ul class="list">{"".join(self.row(entry, "/") for entry in view.home_entries(section, 6))}</ul></div>'
            for section in view.site.sections
            if section.on_home
        )
        body = f'<div class="wrap"><div class="banner"><img src="/assets/images/banner.jpg" alt=""></div>{blocks}{view.planted("home")}</div>'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        path = self.list_path(section, page)
        rows = "\n".join(self.row(entry, path) for entry in self.sheet(view, section, page))
        shown = f'<ul class="list list_common">{rows}</ul>'
        if section.section_class == affairs.LETTERS:
            shown = affairs.letters(view, self.sheet(view, section, page))
        body = f"""<div class="wrap">{self.crumbs(section)}<h2>{section.name}</h2>
{shown}
<div class="page"><script src="/assets/js/createpage.js"></script><script>createPageHTML({self.pages(view, section)}, {page - 1}, "index", "html")</script></div>
{view.planted(section.name)}</div>"""
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<div class="wrap article">{self.crumbs(entry.section)}<h1>{escape(entry.title)}</h1>
<div class="meta">{self.label(view, entry)}</div>
<div class="TRS_Editor" id="zoom">{self.text(view, entry)}</div>
{self.related(view, entry)}</div>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
