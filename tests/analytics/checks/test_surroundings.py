"""What stands around the pages, from the records of a run to the answer of each check."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from analytics.checks import (
    accessibility_missing,
    account_stale,
    date_backdated,
    domain_nonconforming,
    footer_missing,
    ipv6_missing,
    link_closed_site,
    link_unapproved,
    search_unusable,
    share_missing,
    ticket_entry_missing,
    tls_expiring,
    tls_invalid,
)
from govcrawl.records.items import Entry, FeedVisit, HostCheck, Link, Look, SearchAttempt, ServiceTrial
from govcrawl.registry import Account, ApprovedLink, Registry, Site
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import (
    BUREAU,
    HOME,
    NEWS,
    PORTAL,
    TODAY,
    Folders,
    iso,
    page,
    section_visit,
    site_visit,
)

SHUT, DARK = "6500000003", "6500000004"
HOMES = HOME | {SHUT: "https://old.lanchuan.gov.cn/", DARK: "https://tjj.lanchuan.gov.cn/"}
REGISTRY = Registry(
    sites=(
        Site(PORTAL, "岚川市人民政府", HOME[PORTAL], "办公室", "650000", "市", "门户"),
        Site(BUREAU, "岚川市交通局", HOME[BUREAU], "交通局", "650000", "市", "部门"),
        Site(SHUT, "岚川旧网", HOMES[SHUT], "办公室", "650000", "市", "部门", status="关停"),
        Site(DARK, "岚川市统计局", HOMES[DARK], "统计局", "650000", "市", "部门"),
    ),
    accounts=(
        Account("fed", "微信", "有订阅", feed_url="http://a.example.com/f", last_post_on=date(2026, 10, 1)),
        Account("idle", "微博", "停更", last_post_on=date(2026, 11, 7)),
        Account("edge", "微博", "正好", last_post_on=date(2026, 11, 8)),
        Account("mute", "微信", "读不到", feed_url="http://a.example.com/g", last_post_on=date(2026, 10, 1)),
        Account("bare", "抖音", "没有日期"),
    ),
    approved_links=(ApprovedLink("news.cn"), ApprovedLink("shop.example.com", BUREAU)),
)
TITLES = [f"岚川市召开第{n}次会议" for n in range(4)]
FULL = ["accessibility", "search", "share"]
FOOT = dict.fromkeys(
    ("party_mark", "site_code", "icp", "police_record", "unit", "contact", "ticket_entry"), "有"
)
NO_ENTRY = {item: value for item, value in FOOT.items() if item != "ticket_entry"}
NO_ICP = {item: value for item, value in FOOT.items() if item != "icp"}


def host(site, **facts):
    given = {
        "requests": 3, "tls_port": 443, "tls_outcome": "ok", "tls_problem": None, "ipv6_outcome": "not_attempted",
        "ipv6_status": None, "ipv6_known": True, "ipv6_route": True, "tls_not_after_at": "2027-11-01T00:00:00.000000",
    }  # fmt: skip
    return HostCheck(site, HOMES[site].split("/")[2], iso(TODAY), **(given | facts))


def attempts(site, **facts):
    tried = [SearchAttempt(title, f"{HOMES[site]}{n}.html", f"{HOMES[site]}s?q={n}", "ok", 200, rendered=False, found=True, results=5)
             for n, title in enumerate(TITLES)]  # fmt: skip
    return [replace(attempt, **facts) for attempt in tried]


def looks(site, seen, outcome="ok"):
    return [Look(HOMES[site], "home", outcome, rendered=True, seen=seen)] + [
        Look(f"{HOMES[site]}{n}.html", "article", outcome, rendered=True, seen=seen) for n in range(2)
    ]


def outward(url, **facts):
    return Link(url, "page", "外部", internal=False, **facts)


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    data = tmp_path_factory.mktemp("around") / "data"
    data.mkdir()
    folders = Folders(data, REGISTRY)
    found = attempts(BUREAU)
    found[0] = replace(found[0], found=False)
    folders.run(
        "surroundings",
        host(PORTAL, ipv6_addresses=["2001:db8::1"], ipv6_outcome="ok", ipv6_status=200),
        host(BUREAU, tls_problem="expired"),  # nobody meets it: the site is plain http
        host(DARK, tls_problem="other_name", tls_not_after_at="2026-12-01T00:00:00.000000",
             ipv6_addresses=["2001:db8::2"], ipv6_outcome="refused"),
        ServiceTrial(PORTAL, iso(TODAY), "form", looks=looks(PORTAL, FULL), attempts=attempts(PORTAL)),
        ServiceTrial(BUREAU, iso(TODAY), "form", looks=looks(BUREAU, []), attempts=found),
        ServiceTrial(DARK, iso(TODAY), "form", looks=looks(DARK, [], "blocked"), attempts=attempts(DARK, outcome="blocked", status=403, found=False)),
        FeedVisit("fed", "http://a.example.com/f", iso(TODAY), "ok", 200, 9, 9, "2026-11-20", "新闻"),
        FeedVisit("mute", "http://a.example.com/g", iso(TODAY), "timeout", None),
    )  # fmt: skip
    links = [
        outward("http://www.news.cn/a"), outward("http://shop.example.com/"), outward("http://www.beijing.gov.cn/"),
        outward("http://bszs.conac.cn/sitename"), outward("https://old.lanchuan.gov.cn/x"), outward("http://hidden.example.com/", hidden=True),
    ]  # fmt: skip
    folders.run(
        "site",
        page(PORTAL, footer=FOOT, new_links=links, link_nos=list(range(6))),
        page(BUREAU, footer=NO_ENTRY, new_links=links[:2], link_nos=[0, 1]),
        *(page(PORTAL, f"a{n}.html", kind="article", footer=NO_ICP) for n in range(3)),
        *(page(PORTAL, f"l{n}/", kind="section", footer=NO_ICP if n < 1 else FOOT) for n in range(3)),
        *(page(BUREAU, f"a{n}.html", kind="article", footer=NO_ENTRY) for n in range(2)),
        page(BUREAU, "print.html", kind="article", footer={"icp": "有"}),
        site_visit(PORTAL),
        site_visit(BUREAU),
        hour=3,
    )
    load_all(data)
    publish(data, datetime(2026, 11, 22, 12, tzinfo=UTC))
    with Snapshot.open(data) as snapshot:
        yield snapshot


def faults(answer):
    rows = answer.findings
    return sorted(zip(rows["site_code"], rows["subject_url"], strict=True))


def unsure(answer, key="site_code"):
    measured = answer.measured
    return sorted(set(measured.loc[measured["unmeasured"] > 0, key]))


def test_a_certificate_counts_where_readers_meet_it(night):
    answer = tls_invalid.run(night, TODAY, tls_invalid.Params())

    assert [(DARK, HOMES[DARK])] == faults(answer)
    assert ["网站安全证书与域名不符"] == answer.findings["observed"].tolist()
    assert [] == unsure(answer)


def test_a_certificate_is_about_to_run_out():
    rows = pd.DataFrame({
        "site_code": ["a", "b", "c"], "home_url": ["https://x/"] * 3, "run_id": "r", "host": "x", "https": True,
        "tls_outcome": ["ok", "ok", "timeout"], "tls_problem": [None] * 3, "tls_subject": None, "tls_issuer": None,
        "checked_at": pd.Timestamp("2026-11-22"), "tls_not_after_at": pd.to_datetime(["2026-12-06", "2026-12-07", None]),
    })  # fmt: skip
    answer = tls_expiring.judge(rows, tls_expiring.Params(days=15))

    assert (["a"], ["c"]) == (answer.findings["site_code"].tolist(), unsure(answer))


def test_ipv6_is_judged_by_record_and_door_once_ours_is_proven(night):
    answer = ipv6_missing.run(night, TODAY, ipv6_missing.Params())

    assert {BUREAU: "域名未配置IPv6地址", DARK: "域名已配置IPv6地址,但IPv6网络下无法访问"} == dict(
        answer.findings[["site_code", "observed"]].itertuples(index=False)
    )
    hosts = night.query("hosts_around", as_of=TODAY).query("site_code != @PORTAL")
    alone = ipv6_missing.judge(hosts)
    assert (True, [BUREAU, DARK]) == (alone.findings.empty, unsure(alone))


@pytest.mark.parametrize(
    ("home", "level", "code", "state"),
    [
        ("http://www.a.gov.cn/", "市", "1", "pass"),
        ("http://www.岚川.政务/", "市", "1", "pass"),
        ("http://www.lanchuan.com/", "县", "1", "fail"),
        ("http://www.lanchuan.com/", "县", "65BM010039", "fail"),
        ("http://61.1.2.3/", "市", "1", "fail"),
        ("http://www.cas.cn/", "部委", "bm99000001", "unmeasured"),
    ],
)
def test_only_a_certain_domain_is_at_fault(home, level, code, state):
    sites = pd.DataFrame(
        {
            "site_code": [code],
            "home_url": [home],
            "level": [level],
            "kind": ["门户"],
            "run_id": ["r"],
            "nature": [None],
        }
    )
    row = domain_nonconforming.judge(sites, TODAY, domain_nonconforming.Params()).measured.iloc[0]

    assert state == ("fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass")


def test_links_off_the_government_need_approval(night):
    answer = link_unapproved.run(night, TODAY, link_unapproved.Params())

    assert [(PORTAL, "http://shop.example.com/")] == faults(answer)


def test_without_a_register_of_approvals_nothing_is_said():
    nothing = pd.DataFrame({"domain": [], "site_code": []})
    sites = pd.DataFrame({"site_code": ["a"], "home_url": ["http://a.gov.cn/"]})
    targets = pd.DataFrame({"site_code": ["a"], "complete": [True], "on_home": [True], "targets": [1]})
    link = pd.DataFrame({
        "site_code": ["a"], "target_url": ["http://x.com/"], "host": ["x.com"], "kind": ["page"], "origin_url": ["u"],
        "anchor_text": ["x"], "origins": [1], "on_home": [True], "run_id": ["r"],
    })  # fmt: skip
    registered = pd.DataFrame({"site_code": ["a"], "host": ["a.gov.cn"]})
    answer = link_unapproved.judge(sites, targets, link, registered, nothing)

    assert (True, ["a"]) == (answer.findings.empty, unsure(answer))


def test_a_link_to_a_closed_site_is_found(night):
    answer = link_closed_site.run(night, TODAY, link_closed_site.Params())

    assert [(PORTAL, "https://old.lanchuan.gov.cn/x")] == faults(answer)


def test_a_search_is_judged_by_what_it_finds(night):
    answer = search_unusable.run(night, TODAY, search_unusable.Params(titles=4))

    assert [(BUREAU, f"{HOME[BUREAU]}0.html")] == faults(answer)
    assert [DARK] == unsure(answer)  # blocked is not unusable


@pytest.mark.parametrize(
    ("search", "facts", "number", "state"),
    [
        ("form", {"outcome": "not_found", "found": False}, 4, "不可用"),
        ("form", {"outcome": "timeout", "found": False}, 4, None),
        ("form", {"found": False, "hindrance": "captcha"}, 4, None),
        ("form", {"found": False, "results": 0}, 4, None),  # nothing on the page could be read as a result
        ("form", {"outcome": "not_found", "found": False}, 3, None),
        ("none", {}, 0, "不可用"),
    ],
)
def test_unusable_not_found_and_unmeasured_are_kept_apart(search, facts, number, state):
    sites = pd.DataFrame({
        "site_code": [PORTAL], "home_url": [HOME[PORTAL]], "run_id": ["r"], "tried_at": [pd.Timestamp(TODAY)],
        "search": [search], "search_url": ["u"], "search_method": ["GET"], "settled": [True], "doubts": [{}],
    })  # fmt: skip
    columns = [
        "title",
        "entry_url",
        "asked_url",
        "outcome",
        "status",
        "rendered",
        "found",
        "hindrance",
        "results",
    ]
    tried = [[getattr(one, name) for name in columns] for one in attempts(PORTAL, **facts)[:number]]
    frame = pd.DataFrame(tried, columns=columns).assign(
        site_code=PORTAL, run_id="r", search_url="u", search_method="GET"
    )
    answer = search_unusable.judge(sites, frame, search_unusable.Params(titles=4))

    assert ([state] if state else []) == answer.findings["category"].tolist()
    assert (state is None) == bool(unsure(answer))


def test_what_no_page_offers_is_missing_unless_we_could_not_look(night):
    for check in (share_missing, accessibility_missing):
        answer = check.run(night, TODAY, check.Params())

        assert ([(BUREAU, HOME[BUREAU])], [DARK]) == (faults(answer), unsure(answer))


def test_accounts_are_judged_by_feed_and_imported_day(night):
    answer = account_stale.run(night, TODAY, account_stale.Params(days=14))

    assert ["account:idle"] == answer.findings["subject_url"].tolist()
    assert ["bare", "mute"] == unsure(answer, "account_id")


def test_an_item_is_missing_when_the_home_page_or_a_template_lacks_it(night):
    answer = footer_missing.run(
        night, TODAY, footer_missing.Params(("icp", "unit"), pages=3, share_percent=50)
    )

    assert [(PORTAL, HOME[PORTAL])] == faults(answer)
    assert ["读取的3个内容页中3个底部功能区未列明ICP备案编号"] == answer.findings["observed"].tolist()


def test_the_ticket_entry_is_asked_of_home_and_other_pages(night):
    answer = ticket_entry_missing.run(
        night, TODAY, ticket_entry_missing.Params(content_pages=5, section_pages=5)
    )

    # The print view shows too little of a foot to tell that anything is missing there.
    assert [(BUREAU, HOME[BUREAU] + path) for path in ("", "a0.html", "a1.html")] == faults(answer)
    assert [DARK] == unsure(answer)


@pytest.mark.parametrize(
    ("stated", "earlier", "found"),
    [
        ("2026-11-03", {}, True),
        ("2026-11-15", {}, False),  # late by less than was asked
        ("2026-11-03", {"complete": False}, False),
        ("2026-11-03", {"outcome": "timeout"}, False),
        ("2026-10-20", {}, False),  # the reading did not reach back so far
        ("2026-11-03", {"moved": True}, False),  # the title stood there under another address
    ],
)
def test_an_entry_is_backdated_only_when_an_earlier_reading_proves_it(
    folders, published, stated, earlier, found
):
    facts = dict(earlier)
    before = [
        Entry(f"旧闻{n}", f"{NEWS}o{n}.html", day, "list")
        for n, day in enumerate(["2026-11-10", "2026-11-01"])
    ]
    if facts.pop("moved", False):
        before.append(Entry("补记的消息", f"{NEWS}elsewhere.html", "2026-11-03", "list"))
    folders.run(
        "sections", section_visit(entries=before, **facts), site_visit(PORTAL), day=date(2026, 11, 19)
    )
    now = [*before[:2], Entry("补记的消息", f"{NEWS}new.html", stated, "list")]
    folders.run("sections", section_visit(entries=now), site_visit(PORTAL))
    answer = date_backdated.run(published(), TODAY, date_backdated.Params(days=7, readings=1))

    assert ([f"{NEWS}new.html"] if found else []) == answer.findings["subject_url"].tolist()


def test_a_list_that_was_built_anew_proves_nothing(folders, published):
    before = [Entry(f"旧闻{n}", f"{NEWS}o{n}.html", f"2026-11-{n + 1:02}", "list") for n in range(8)]
    folders.run("sections", section_visit(entries=before), site_visit(PORTAL), day=date(2026, 11, 19))
    now = [replace(entry, url=f"{NEWS}new/{n}.html", title=f"新题{n}") for n, entry in enumerate(before)]
    folders.run("sections", section_visit(entries=now), site_visit(PORTAL))
    answer = date_backdated.run(published(), TODAY, date_backdated.Params(days=7, readings=1))

    assert answer.findings.empty
    assert len(answer.doubtful)
