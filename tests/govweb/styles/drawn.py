"""Lists drawn by JavaScript: the page is a shell, its script fetches the entries as JSON.

Every other section puts the address of its call together from pieces, so that only a browser can follow it.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.govweb.styles.base import Style

if TYPE_CHECKING:
    from datetime import date

    from tests.govweb.confession import Section
    from tests.govweb.view import Entry, View

_DRAW = """<script>
(function () {
  var box = document.getElementById('doc-list');
  var request = new XMLHttpRequest();
  request.open('GET', %(call)s, true);
  request.onload = function () {
    var data = JSON.parse(request.responseText).data;
    var html = '';
    for (var i = 0; i < data.lists.length; i++) {
      var doc = data.lists[i];
      html += '<li><a href="' + doc.docUrl + '">' + doc.docTitle + '</a>';
      if (doc.publishDate) { html += '<span>' + doc.publishDate.substring(0, 10) + '</span>'; }
      html += '</li>';
    }
    box.innerHTML = html || '<li class="none">暂无数据</li>';
  };
  request.send();
})();
</script>"""


_RESULTS = """<script>
(function () {
  var request = new XMLHttpRequest();
  request.open('GET', '/api/search' + location.search, true);
  request.onload = function () {
    var found = JSON.parse(request.responseText).found, html = '';
    for (var i = 0; i < found.length; i++) { html += '<li><a href="' + found[i].url + '">' + found[i].title + '</a></li>'; }
    document.getElementById('results').innerHTML = html || '<li>没有找到相关信息</li>';
  };
  request.send();
})();
</script>"""


class Drawn(Style):
    name = "drawn"

    def search_form(self, view: View) -> str:
        """No form: a script reads the box and opens the results in a window of their own."""
        del view
        return (
            '<div class="search"><input id="keyword" placeholder="请输入搜索关键词"><a class="search-btn" role="button" tabindex="0" onclick="toSearch()">搜索</a></div>'
            "<script>function toSearch(){window.open('/search?q='+encodeURIComponent(document.getElementById('keyword').value))}</script>"
        )

    def found(self, view: View, question: str) -> str:
        body = f'<div class="wrap"><p>{escape(question)}</p><ul id="results"><li>正在检索……</li></ul>{_RESULTS}</div>'
        return self.frame(view, "/search", body, page="other", title="搜索结果")

    page_size = 100  # the call returns the whole list

    def article_path(self, serial: int, section: Section, day: date | None) -> str:
        del day
        return f"{section.path}detail/{serial}.html"

    def call(self, view: View, section: Section) -> str:
        return f"/api/doc/list?channelId={2000 + view.site.sections.index(section)}&pageNo=1&pageSize=100"

    def spelled(self, view: View, section: Section) -> str:
        """The call as the script writes it."""
        call = self.call(view, section)
        if view.site.sections.index(section) % 2:
            path, _, query = call.partition("?")
            return "+".join(f"'{piece}'" for piece in (*path.rpartition("/"), "?", query))
        return f"'{call}'"

    def calls(self, view: View) -> dict[str, str]:
        return {self.call(view, section): self.answer(view, section) for section in view.site.sections}

    def answer(self, view: View, section: Section) -> str:
        rows = [
            {
                "docId": view.serial(section, entry.number),
                "docTitle": entry.title,
                "docUrl": entry.path,
                "publishDate": f"{entry.day} {entry.clock}:00" if self.prints_date(entry) else None,
                "docSource": view.source(entry),
            }
            for entry in view.entries(section)
        ]
        answer = {"rptCode": 200, "msg": "Success", "data": {"total": len(rows), "pageNo": 1, "lists": rows}}
        return json.dumps(answer, ensure_ascii=False)

    def home(self, view: View) -> str:
        blocks = "".join(
            f'<div class="block"><h2>{section.name}<a class="more" href="{section.path}">更多</a></h2><ul class="list">'
            + "".join(
                f'<li><a href="{entry.path}">{escape(entry.title)}</a>'
                f"{f'<span>{entry.day}</span>' if self.prints_date(entry) else ''}</li>"
                for entry in view.home_entries(section, 5)
            )
            + "</ul></div>"
            for section in view.site.sections
            if section.on_home
        )
        body = f'<div class="wrap">{blocks}{view.planted("home")}</div>'
        return self.frame(view, "/", body, page="home", title=view.site.name)

    def listing(self, view: View, section: Section, page: int) -> str:
        body = f"""<div class="wrap">{self.crumbs(section)}<h2>{section.name}</h2>
<ul class="list" id="doc-list"><li class="loading">数据加载中，请稍候……</li></ul>
{_DRAW % {"call": self.spelled(view, section)}}{view.planted(section.name)}</div>"""
        path = self.list_path(section, page)
        return self.frame(view, path, body, page="section", title=section.name, section=section)

    def article(self, view: View, entry: Entry) -> str:
        body = f"""<div class="wrap article">{self.crumbs(entry.section)}<h1>{escape(entry.title)}</h1>
<div class="meta">{self.label(view, entry)}</div><div class="article-content">{self.text(view, entry)}</div>
{self.related(view, entry)}</div>"""
        return self.frame(
            view, entry.path, body, page="article", title=entry.title, section=entry.section, entry=entry
        )
