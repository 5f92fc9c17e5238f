"""How far a site is read: breadth first, within the budget, out of traps."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.spiders.frontier import Budget, Frontier

BUDGET = Budget(
    max_pages=100,
    max_depth=5,
    max_seconds=60.0,
    max_bytes=1_000_000,
    max_url_length=200,
    max_per_template=50,
    max_per_query_template=5,
    max_per_prefix=30,
)
SITE = "http://www.a.gov.cn"


def frontier(**limits: float) -> Frontier:
    return Frontier(replace(BUDGET, **limits), started_s=0.0)


def taken(front: Frontier, now_s: float = 1.0, received: int = 0) -> list[str]:
    steps = []
    while (step := front.next(now_s, received)) is not None:
        steps.append(step[0].removeprefix(SITE))
    return steps


def test_pages_come_in_the_order_they_were_met():
    front = frontier()
    for path in ("/b.html", "/a.html", "/c.html"):
        front.offer(SITE + path, 1)

    assert ["/b.html", "/a.html", "/c.html"] == taken(front)


def test_beyond_the_budget_addresses_are_counted_not_kept():
    front = frontier(max_pages=2)
    for name in "abcde":
        front.offer(f"{SITE}/{name}.html", 1)

    assert ["/a.html", "/b.html"] == taken(front)
    assert {"max_pages": 3} == front.not_visited


def test_time_runs_out():
    front = frontier()
    front.offer(f"{SITE}/a.html", 1)
    front.offer(f"{SITE}/b.html", 1)

    assert [] == taken(front, now_s=61.0)
    assert {"max_seconds": 2} == front.not_visited


def test_a_site_that_sends_too_much_is_left():
    front = frontier()
    front.offer(f"{SITE}/a.html", 1)

    assert [] == taken(front, received=1_000_001)
    assert {"max_bytes": 1} == front.not_visited


def test_a_calendar_costs_a_few_pages():
    front = frontier()
    for month in range(1, 10_000):
        front.offer(f"{SITE}/calendar.jsp?month={month}&year=2026", 1)

    front.offer(f"{SITE}/news/1.html", 1)

    assert ["/news/1.html"] == taken(front)[
        5:
    ]  # beyond a few it waits until these have brought something new
    assert {"template": 9994} == front.not_visited


def test_a_query_of_one_number_is_an_address_like_any_other():
    front = frontier()
    for number in range(1, 30):
        front.offer(f"{SITE}/show.asp?id={number}", 1)
    front.offer(f"{SITE}/news/1.html", 1)

    assert 29 == taken(front).index("/news/1.html")
    assert {} == front.not_visited


def test_the_order_of_parameters_makes_no_new_template():
    front = frontier(max_per_query_template=1, max_per_template=1)
    front.offer(f"{SITE}/list.jsp?page=1&id=2", 1)
    front.offer(f"{SITE}/list.jsp?id=2&page=3", 1)

    assert ["/list.jsp?page=1&id=2"] == taken(front)


def test_addresses_that_differ_in_digits_share_a_quota():
    front = frontier(max_per_template=2)
    for number in range(5):
        front.offer(f"{SITE}/202611/t20261122_{number}.html", 1)
    front.offer(f"{SITE}/index.html", 1)

    assert ["/202611/t20261122_0.html", "/202611/t20261122_1.html", "/index.html"] == taken(front)


def test_a_relative_link_that_leads_into_itself_ends():
    front = frontier()
    front.offer(f"{SITE}/zw/gk/zw/gk/zw/gk/index.html", 3)
    front.offer(f"{SITE}/zw/gk/zw/gk/zw/gk/zw/index.html", 4)

    assert ["/zw/gk/zw/gk/zw/gk/index.html"] == taken(front)
    assert {"repeated_segment": 1} == front.not_visited


def test_depth_and_length_have_their_limits():
    front = frontier()
    front.offer(f"{SITE}/deep.html", 6)
    front.offer(f"{SITE}/{'x' * 200}.html", 1)

    assert [] == taken(front)
    assert {"max_depth": 1, "long_address": 1} == front.not_visited


def test_a_folder_that_would_fill_the_budget_waits_until_the_others_have_had_their_turn():
    front = frontier(max_pages=10, max_per_prefix=3)
    for number in range(20):
        front.offer(f"{SITE}/trap/{'abcdefghijklmnopqrst'[number]}/", 1)
    front.offer(f"{SITE}/zwgk/a.html", 1)
    front.offer(f"{SITE}/b.html", 1)

    steps = taken(front)
    assert ["/trap/a/", "/trap/b/", "/trap/c/", "/zwgk/a.html", "/b.html", "/trap/d/"] == steps[:6]
    assert 10 == len(steps)
    assert {"max_pages": 12} == front.not_visited


def test_beyond_a_handful_addresses_of_one_shape_wait_until_these_have_brought_something_new():
    front = frontier(max_per_template=4)
    urls = [f"{SITE}/t/{number}.html" for number in range(20)]
    for url in urls:
        front.offer(url, 1)

    first = [front.next(1.0, 0)[0] for _ in range(4)]
    assert front.next(1.0, 0) is None
    front.bore(first[0], fruit=True)
    front.bore(first[1], fruit=False)
    assert urls[4:8] == [front.next(1.0, 0)[0] for _ in range(4)]
    for url in first[2:]:
        front.bore(url, fruit=False)
    for url in urls[4:8]:
        front.bore(url, fruit=False)  # from here on nothing new: the rest stays where it is
    assert front.next(1.0, 0) is None
    assert {"template": 12} == front.not_visited
    assert {f"{SITE}/t/0.html": 12} == front.refused()


def test_what_must_be_read_goes_first_and_past_every_quota():
    front = frontier(max_per_template=1, max_depth=0)
    front.offer(f"{SITE}/home.html", 0)
    for number in range(5):
        front.want(f"{SITE}/t/{number}.html", 2)
        front.want(f"{SITE}/t/{number}.html", 2)

    assert [*(f"/t/{number}.html" for number in range(5)), "/home.html"] == taken(front)


def test_what_was_offered_and_then_wanted_is_given_out_once():
    front = frontier()
    front.offer(f"{SITE}/a.html", 1)
    front.offer(f"{SITE}/b.html", 1)
    front.want(f"{SITE}/a.html", 2)

    assert ["/a.html", "/b.html"] == taken(front)
