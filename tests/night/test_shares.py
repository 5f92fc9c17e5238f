"""Shares: what asks one address lies together, the costliest first, nothing twice and nothing left."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.night.shares import (
    Dealer,
    addresses_of_hosts,
    costs_of_the_night_before,
    dealer_of_urls,
    shares_for,
)
from govcrawl.records.items import SiteVisit
from govcrawl.records.kinds import RunKind
from govcrawl.records.runs import create_run
from govcrawl.registry import Registry, Site
from govcrawl.spiders.tasks import tasks_of

TASKS = [f"t{n}" for n in range(8)]


@given(
    st.dictionaries(st.sampled_from(TASKS), st.frozensets(st.sampled_from("abcdef"), max_size=3)),
    st.dictionaries(st.sampled_from(TASKS), st.floats(0, 100)),
    st.integers(1, 10),
)
def test_every_task_is_dealt_once_and_no_two_shares_ask_one_address(addresses, costs, count):
    shares = Dealer(addresses, costs).deal(TASKS, count)

    assert sorted(TASKS) == sorted(task for share in shares for task in share.tasks)
    assert len(shares) <= count
    assert all(share.tasks for share in shares)
    asked = [{at for task in share.tasks for at in addresses.get(task, ())} for share in shares]
    assert sum(map(len, asked)) == len(set().union(*asked))
    assert [share.cost for share in shares] == sorted((share.cost for share in shares), reverse=True)


def test_shares_cost_about_alike_and_a_task_nobody_knows_costs_what_is_usual():
    costs = {"t0": 90, "t1": 40, "t2": 30, "t3": 20}
    shares = Dealer(costs=costs).deal([*costs, "new"], 2)

    assert [{"t1", "t2", "new"}, {"t0", "t3"}] == [set(share.tasks) for share in shares]
    assert [115, 110] == [share.cost for share in shares]


@pytest.mark.parametrize(
    ("sites", "workers", "shares"),
    [(64, 1, 2), (64, 2, 2), (64, 4, 4), (300, 2, 6), (14_000, 8, 32), (5, 3, 3)],
)
def test_a_share_holds_as_many_sites_as_its_worker_asks_at_once_where_there_are_so_many(
    sites, workers, shares
):
    assert shares == shares_for(sites, workers, 32)


def test_an_address_is_that_of_the_rule_then_the_systems_and_a_name_nobody_knows_stands_alone():
    known = {"www.b.gov.cn": frozenset({"192.0.2.1", "192.0.2.2"}), "www.c.gov.cn": frozenset()}
    settings = ["RESOLVE=www.a.gov.cn:80:127.0.0.7:8080,www.a.gov.cn:443:127.0.0.8"]

    found = addresses_of_hosts(["www.a.gov.cn", *known], settings, known.__getitem__)

    assert {
        "www.a.gov.cn": {"127.0.0.7", "127.0.0.8"},
        "www.b.gov.cn": {"192.0.2.1", "192.0.2.2"},
        "www.c.gov.cn": {"www.c.gov.cn"},
    } == found


def test_sites_at_one_address_lie_in_one_share_whatever_their_names():
    settings = ["RESOLVE=www.a.gov.cn:80:127.0.0.7,www.b.gov.cn:80:127.0.0.7,www.c.gov.cn:80:127.0.0.9"]
    urls = {name: [f"http://www.{name}.gov.cn/"] for name in "abc"}

    shares = dealer_of_urls(urls, settings, {}).deal("abc", 3)

    assert {("a", "b"), ("c",)} == {share.tasks for share in shares}


def test_sites_on_this_very_machine_may_be_asked_at_once():
    urls = {name: [f"http://www.{name}.gov.cn/"] for name in "ab"}
    settings = ["RESOLVE=www.a.gov.cn:80:127.0.0.1:8080,www.b.gov.cn:80:127.0.0.1:8080"]

    assert {("a",), ("b",)} == {share.tasks for share in dealer_of_urls(urls, settings, {}).deal("ab", 2)}


def test_what_a_task_took_is_counted_in_records_of_the_newest_finished_run(tmp_path):
    assert {} == costs_of_the_night_before(tmp_path, "visit")
    for day in (1, 2):
        at = datetime(2026, 11, day, tzinfo=UTC)
        facts = {"as_of": date(2026, 11, day), "registry_sha256": "0" * 64, "started_at": at}
        run = create_run(tmp_path, kind="visit", tasks=["a", "b"], **facts)
        for task in "ab":
            writer = run.writer(task)
            for _ in range(day * (1 + (task == "b"))):
                writer.write(SiteVisit(task, "", "", "ok", "allowed", "finished", 1, 0, 0, 0))
            writer.finish()
        run.seal("finished", at)
    create_run(
        tmp_path, kind="visit", tasks=["a", "b"], **facts | {"started_at": datetime(2026, 11, 3, tzinfo=UTC)}
    )

    assert {"a": 2, "b": 4} == costs_of_the_night_before(tmp_path, "visit")


def test_a_country_has_more_buckets_of_links_than_a_cluster_has_workers():
    def buckets(sites: int) -> list[str]:
        registry = Registry(tuple(Site(f"{n:010}", "站", f"http://s{n}.gov.cn/", "办") for n in range(sites)))
        return tasks_of(RunKind.LINKS, registry)

    assert [16, 16, 20, 280] == [len(set(buckets(sites))) for sites in (1, 800, 1_000, 14_000)]
