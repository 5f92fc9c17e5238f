"""Where a page that shows nothing of itself leads its reader."""

from __future__ import annotations

import pytest

from govcrawl.pages.answers.moves import leads_to
from govcrawl.pages.markup.document import Document

HOME = "http://www.example.gov.cn/"


@pytest.mark.parametrize(
    ("markup", "target"),
    [
        ("<META content='3; URL=portal/' http-equiv=Refresh>", HOME + "portal/"),
        ("<frameset rows=*><frame src='/Main.asp?id=1'></frameset>", HOME + "Main.asp?id=1"),
        ("<frameset rows='*,0'><frame src=main.html><frame src=empty.html></frameset>", None),
        ("<iframe src=/main.html width=100% height=100%></iframe><iframe src=/count.html width=0></iframe>", HOME + "main.html"),
        ("<iframe src=/main.html></iframe><iframe src=/count.html style='display:none'></iframe>", HOME + "main.html"),
        ("<iframe src=/main.html style='display:none'></iframe>", None),
        ("<iframe src=http://www.elsewhere.cn/></iframe>", None),
        ("<iframe src=/></iframe>", None),
        ("<meta http-equiv=refresh content=300><a href=/main.html>进入</a>", None),
        ("<meta http-equiv=refresh content='0;url=http://[broken'>", None),
    ],
)  # fmt: skip
def test_it_leads_to_one_page_of_its_site_or_to_none(markup: str, target: str | None) -> None:
    assert leads_to(Document(markup, HOME), HOME) == target
