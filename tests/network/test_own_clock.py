"""A clock that stands still while the process is held, so that no deadline of a host passes meanwhile."""

import asyncio
import threading
import time

import pytest

from govcrawl.network.own_clock import BEAT_S, OwnClock, at_most, own_clock
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer

HELD_S = 0.6


async def beating(clock: OwnClock) -> None:
    clock.begin()
    while True:
        await asyncio.sleep(BEAT_S)
        clock.beat()


def test_the_time_this_process_is_held_is_left_out():
    async def measured():
        clock = OwnClock()
        beat = asyncio.create_task(beating(clock))
        await asyncio.sleep(0.1)
        began, began_s = clock.now_s(), time.monotonic()
        time.sleep(HELD_S)  # noqa: ASYNC251 - as a page does that takes long to read
        at_once = clock.now_s() - began
        await asyncio.sleep(0.2)
        beat.cancel()
        clock.end()
        return at_once, clock.now_s() - began, time.monotonic() - began_s

    at_once, later, passed_s = asyncio.run(measured())
    assert passed_s > 0.75
    assert at_once < 0.2  # before any beat tells
    assert 0.1 < later < 0.5


def test_without_a_beat_the_clock_goes_on_as_any():
    clock = OwnClock()
    clock.begin()
    clock.end()
    began_s = clock.now_s()
    time.sleep(0.2)
    assert clock.now_s() - began_s >= 0.2


@pytest.mark.parametrize(("held_s", "in_time"), [(HELD_S, True), (0.0, False)])
def test_a_deadline_does_not_pass_while_the_process_is_held(held_s, in_time):
    async def waited():
        beat = asyncio.create_task(beating(own_clock))
        await asyncio.sleep(0.1)

        async def work():
            await asyncio.sleep(0.1)
            time.sleep(held_s)  # noqa: ASYNC251
            await asyncio.sleep(0.1 if in_time else HELD_S)
            return "done"

        try:
            return await at_most(0.4, work())
        except TimeoutError:
            return "late"
        finally:
            beat.cancel()
            own_clock.end()

    assert ("done" if in_time else "late") == asyncio.run(waited())


@pytest.mark.parametrize(("busy_s", "outcome", "times"), [("1.6", "ok", 2), ("0", "timeout", 1)])
def test_a_time_out_while_this_process_was_held_is_asked_again(busy_s, outcome, times):
    """The first answer takes longer than its host has; but for most of that time nobody here could have heard it."""
    asked, is_asked = [], threading.Event()

    def slow_once(connection, _):
        asked.append(1)
        is_asked.set()
        if len(asked) == 1:
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>"
            )
            time.sleep(3)
        connection.sendall(answer("<p>来了</p>"))

    def meanwhile(connection, _):
        is_asked.wait(20)
        connection.sendall(answer("<p>快"))

    with Server({"/slow": slow_once}) as slow, Server({"/quick": meanwhile}) as quick:
        done = crawl(
            Ask("GET", "http://quick.gov.cn/quick"),
            Ask("GET", "http://slow.gov.cn/slow", timeout_s=1),
            resolve=[f"quick.gov.cn:80:127.0.0.1:{quick.port}", f"slow.gov.cn:80:127.0.0.1:{slow.port}"],
            BUSY_S=busy_s,
        )

    facts = done.of("http://slow.gov.cn/slow")
    assert (outcome, times) == (facts.outcome, len(asked))
