"""Official page tags as pages really write them."""

import pytest

from govcrawl.pages.facts.tags import missing_groups, tags
from govcrawl.pages.markup.document import Document

URL = "http://www.yunting.gov.cn/zwgk/t20240604_1.html"


def read(*metas: str) -> dict[str, str]:
    return tags(Document("<head>" + "".join(f"<meta {meta}>" for meta in metas) + "</head>", URL))


@pytest.mark.parametrize("name", ["SiteName", "sitename", "SITENAME", "Sitename", " SiteName "])
def test_names_are_read_without_regard_to_case(name: str) -> None:
    assert read(f'name="{name}" content="云汀市人民政府 "') == {"SiteName": "云汀市人民政府"}


def test_the_first_tag_that_says_something_wins() -> None:
    found = read(
        'name="PubDate" content=" "',
        'name="pubdate" content="2024-06-04"',
        'name="PubDate" content="2020-01-01"',
    )

    assert found == {"PubDate": "2024-06-04"}


@pytest.mark.parametrize(
    "meta",
    [
        'name="SiteDomain" content="网站域名"',
        'name="SiteIDCode" content="网站标识码"',
        'name="ColumnName" content="${channel.name}"',
        'name="ArticleTitle" content="{{title}}"',
        'name="ContentSource" content="null"',
        'name="PubDate" content=""',
        'name="PubDate"',
        'name="viewport" content="width=device-width"',
        'content="x"',
    ],
)
def test_what_the_template_left_is_not_filled(meta: str) -> None:
    assert read(meta) == {}


def test_tags_in_the_body_count_as_well() -> None:
    assert tags(Document('<body><p></p><meta name="ColumnName" content="通知公告">', URL)) == {
        "ColumnName": "通知公告"
    }


@pytest.mark.parametrize(
    ("found", "kind", "missing"),
    [
        ({}, "article", ["site", "content"]),
        ({}, "section", ["site", "column"]),
        ({}, "home", []),
        ({}, "other", []),
        ({"SiteName": "甲", "ColumnType": "工作动态"}, "section", []),
        ({"SiteIDCode": "1101020002", "ColumnName": "甲"}, "article", ["content"]),
        ({"ArticleTitle": "甲", "Keywords": "乙"}, "article", ["site"]),
    ],
)
def test_a_group_is_missing_only_as_a_whole(found: dict[str, str], kind: str, missing: list[str]) -> None:
    assert missing_groups(found, kind) == missing
