"""Cards with the day set large and year and month below it; the article opens with its data in a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View


class Cards(Style):
    name = "cards"
    page_size = 6

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del day
        return f"{section.path}article-{serial}.shtml"

    def list_path(self, section: Section, page: int) -> str:
        return section.path if page == 1 else f"{section.path}?page={page}"

    def card(self, entry: Entry) -> str:
        printed = (
            f'<div class="date"><b>{entry.day:%d}</b><span>{entry.day:%Y-%m}</span></div>'
            if self.prints_date(entry)
            else ""
        )
        return f'<div class="card">{printed}<h3><a href="{entry.path}">{escape(entry.title)}</a></h3></div>'

    def home(self, view: View) -> str:
        blocks = "".join(
            f'<section class="block"><h2><a href="{section.path}">{section.name}</a></h2>'
            f"{''.join(self.card(entry) for entry in view.home_entries(section, 4))}</section>"
            for section in view.site.sections
            if section.on_home
        )
        return self.frame(
            view,
            "/",
            f'<main class="wrap">{blocks}{view.planted("home")}</main>',
            page="home",
            title=view.site.name,
        )

    def listing(self, view: View, section: Section, page: int) -> str:
        cards = "".join(self.card(entry) for entry in self.sheet(view, section, page))
        last = self.pages(view, section)
        numbers = "".join(
            f'<a class="{"on" if number == page else "no"}" href="{self.list_path(section, number)}">{number}</a>'
            for number in range(1, last + 1)
        )
        body = f"""<main class="wrap">{self.crumbs(section)}<div class="cards">{cards}</div>
<nav class="pagination">{numbers}</nav>{view.planted(section.name)}</main>"""
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        number = f"AE{view.serial(entry.section, entry.number):08d}"
        body = f"""<main class="wrap article">{self.crumbs(entry.section)}
<table class="index-table"><tr><td>索引号：</td><td>{number}</td><td>主题分类：</td><td>{entry.section.name}</td></tr></table>
<h1>{escape(entry.title)}</h1><div class="meta">{self.label(view, entry)}</div>
<article>{self.text(view, entry)}</article>{self.related(view, entry)}</main>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
