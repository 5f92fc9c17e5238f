"""An address is asked no faster than it answers, whoever else stands on it; our own lag is not taken for its."""

from __future__ import annotations

import time
from contextlib import ExitStack
from itertools import pairwise

from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer

PAGE = answer("<p>在")
PACED = {"AUTOTHROTTLE_ENABLED": "True", "DOWNLOAD_DELAY_JITTER": "0"}


def timed(reaction):
    """A reaction that notes when it was asked; bytes are sent as they are."""
    times: list[float] = []

    def react(connection, asked):
        times.append(time.monotonic())
        told = reaction(len(times)) if callable(reaction) else reaction
        connection.sendall(told)

    return react, times


def gaps(times):
    return [later - sooner for sooner, later in pairwise(times)]


def asks(*hosts, number):
    return [Ask("GET", f"http://{host}/a", depth=1) for _ in range(number) for host in hosts]


def test_hosts_on_one_address_share_its_pace():
    react, times = timed(PAGE)
    with Server({"/a": react}) as server:
        done = crawl(
            *asks("a.gov.cn", "b.gov.cn", "c.gov.cn", number=2),
            resolve=[f"{host}.gov.cn:80:127.0.0.1:{server.port}" for host in "abc"],
            DOWNLOAD_DELAY="0.2",
            **PACED,
        )

    assert 6 == len(times)
    assert times[-1] - times[0] > 0.7, "one pace for six requests; with one each, 0.2 s"
    assert [f"127.0.0.1:{server.port}"] == list(done.delays)


def test_hosts_of_several_addresses_do_not_wait_for_each_other():
    react, times = timed(PAGE)
    with Server({"/a": react}) as one, Server({"/a": react}) as other:
        crawl(
            *asks("a.gov.cn", "b.gov.cn", number=3),
            resolve=[f"a.gov.cn:80:127.0.0.1:{one.port}", f"b.gov.cn:80:127.0.0.1:{other.port}"],
            DOWNLOAD_DELAY="1",
            **PACED,
        )

    assert min(gaps(times)) < 0.5, "the two addresses are asked beside each other"


def test_a_host_that_asks_for_a_pause_gets_it():
    react, times = timed(
        lambda number: answer("", status=429, headers={"Retry-After": "2"}) if number == 1 else PAGE
    )
    with Server({"/a": react}) as server:
        done = crawl(
            *asks("a.gov.cn", number=4),
            resolve=[f"a.gov.cn:80:127.0.0.1:{server.port}"],
            DOWNLOAD_DELAY="0.1",
            CONCURRENT_REQUESTS_PER_DOMAIN="1",
            LOG_LEVEL="INFO",
            **PACED,
        )

    assert gaps(times)[0] > 1.9
    assert gaps(times)[1] > 0.7  # and is asked less often from then on
    assert "it asks us to come back later" in done.log


def test_no_retry_after_holds_the_night_up():
    react, times = timed(
        lambda number: answer("", status=503, headers={"Retry-After": "86400"}) if number == 1 else PAGE
    )
    with Server({"/a": react}) as server:
        crawl(
            *asks("a.gov.cn", number=2),
            resolve=[f"a.gov.cn:80:127.0.0.1:{server.port}"],
            PACE_LONGEST_WAIT_S="1",
            DOWNLOAD_DELAY="0.1",  # without one Scrapy may send two requests of a host before it counts the first
            CONCURRENT_REQUESTS_PER_DOMAIN="1",
            **PACED,
        )

    assert 0.9 < gaps(times)[0] < 600


def test_a_host_that_falls_over_under_our_load_is_left_alone_for_a_while():
    react, times = timed(lambda number: answer("", status=500) if 3 < number < 9 else PAGE)
    with Server({"/a": react}) as server:
        done = crawl(
            *asks("a.gov.cn", number=10),
            resolve=[f"a.gov.cn:80:127.0.0.1:{server.port}"],
            DOWNLOAD_DELAY="0.02",
            PACE_REST_S="2",
            CONCURRENT_REQUESTS_PER_DOMAIN="1",
            LOG_LEVEL="INFO",
            **PACED,
        )

    paused = max(gaps(times))
    assert paused > 1.9
    assert 7 == gaps(times).index(paused)  # after the fifth of the failures
    assert 1 == done.log.count("it suffers")


def test_a_slow_host_is_asked_as_often_as_it_answers():
    """Measured again where a busy machine made it look slower than it is."""
    assert any(0.25 < _delay_s_of_a_slow_host() < 0.5 for _ in range(4))  # two at a time


def _delay_s_of_a_slow_host() -> float:
    def slow(_):
        time.sleep(0.6)
        return PAGE

    react, _ = timed(slow)
    with Server({"/a": react}) as server:
        done = crawl(
            *asks("a.gov.cn", number=4),
            resolve=[f"a.gov.cn:80:127.0.0.1:{server.port}"],
            DOWNLOAD_DELAY="0.05",
            **PACED,
        )

    return done.delays[f"127.0.0.1:{server.port}"]


def test_our_own_lag_is_not_the_hosts():
    """Every answer keeps this process busy for 0.3 s, with twelve hosts waiting: their pages come at once all the same.

    On a machine that is busy with other things as well our lag is more than the process knows of; then it is tried again.
    """
    assert any(_median_delay_s_beside_our_lag() < 0.2 for _ in range(4))


def _median_delay_s_beside_our_lag() -> float:
    hosts = [f"h{number}.gov.cn" for number in range(12)]
    with ExitStack() as stack:
        servers = [stack.enter_context(Server({"/a": PAGE})) for _ in hosts]
        done = crawl(
            *asks(*hosts, number=4),
            resolve=[
                f"{host}:80:127.0.0.1:{server.port}" for host, server in zip(hosts, servers, strict=True)
            ],
            DOWNLOAD_DELAY="0.05",
            BUSY_S="0.3",
            **PACED,
        )

    assert all(facts.outcome == "ok" for facts in done.facts)
    return sorted(done.delays.values())[len(hosts) // 2]
