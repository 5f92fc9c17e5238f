"""A portal's assistant: its entry on the home page, plain or drawn, and what it leads to; nothing is asked there."""

import pytest

from govcrawl.registry.choices import SiteKind
from tests.spiders.inspection import code_of, night, page, records
from tests.spiders.test_surroundings import WELCOME

BOX = page("<h1>智能问答</h1><textarea placeholder=请输入您的问题></textarea>")
WRITTEN = "<div id=a></div><script>document.getElementById('a').innerHTML='{}'</script>"
ENTRY = "<a href=/znwd/>智能问答</a>"
HOSTS = {
    "link.gov.cn": {"/": page(WELCOME, ENTRY), "/znwd/": BOX},
    "shut.gov.cn": {"/": page(WELCOME, ENTRY)},
    "mute.gov.cn": {"/": page(WELCOME, ENTRY), "/znwd/": page("<p>系统升级维护中，给您带来不便敬请谅解。</p>")},
    "call.gov.cn": {"/": page(WELCOME, "<a href=# onclick=talk()>智能客服</a>")},
    "none.gov.cn": {"/": page(WELCOME, "<div>我市智能客服上岗</div>")},
    "draw.gov.cn": {
        "/": page(WELCOME, WRITTEN.format(ENTRY)),
        "/znwd/": page("<p>您好，欢迎使用。</p>", WRITTEN.format("<textarea></textarea>")),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    with night(tmp_path_factory.mktemp("assistant"), HOSTS, kind=SiteKind.PORTAL) as tonight:
        run = tonight.crawl("surroundings", of_run=tonight.crawl("visit"))
        by_site = {trial["site_code"]: trial for trial in records(run, "service_trial")}
        asked = {host: [one.method for one in server.asked] for host, server in tonight.servers.items()}
        yield {host: by_site[code_of(number)] for number, host in enumerate(HOSTS)}, asked


@pytest.mark.parametrize(
    ("host", "way", "text", "outcome", "box"),
    [
        ("link.gov.cn", "link", "智能问答", "ok", True),
        ("shut.gov.cn", "link", "智能问答", "not_found", None),
        ("mute.gov.cn", "link", "智能问答", "ok", False),
        ("call.gov.cn", "script", "智能客服", None, None),
        ("none.gov.cn", "none", None, None, None),
        ("draw.gov.cn", "link", "智能问答", "ok", True),
    ],
)
def test_what_a_portal_offers_is_seen_as_far_as_it_goes(seen, host, way, text, outcome, box):
    trial = seen[0][host]

    assert (way, text, outcome, box) == tuple(
        trial[f"assistant{key}"] for key in ("", "_text", "_outcome", "_box")
    )


def test_the_home_page_that_only_speaks_of_one_leaves_a_doubt(seen):
    (look,) = [look for look in seen[0]["none.gov.cn"]["looks"] if look["kind"] == "home"]

    assert "智能客服" in look["doubts"]["assistant"]


def test_nothing_is_sent_to_an_assistant(seen):
    assert {"GET"} == {method for methods in seen[1].values() for method in methods}
