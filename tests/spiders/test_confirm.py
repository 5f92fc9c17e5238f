"""What several attempts at one link target prove together."""

from __future__ import annotations

import pytest

from govcrawl.records.items import Attempt
from govcrawl.spiders.confirm import check_of

URL = "http://www.a.gov.cn/a.html"


def attempt(outcome: str, second: int, status: int | None = None) -> Attempt:
    return Attempt(f"2026-11-22T02:00:{second:02}.000000", "GET", outcome, status, 0.1)


def verdict(*outcomes: str, apart: int = 30) -> tuple[str, bool]:
    attempts = [attempt(outcome, number * apart) for number, outcome in enumerate(outcomes)]
    check = check_of(URL, attempts, apart_s=2.0)
    return check.outcome, check.confirmed


@pytest.mark.parametrize(
    "word",
    ["not_found", "gone", "client_error", "server_error", "dns_failure", "refused", "reset", "timeout", "tls_error",
     "redirect_loop", "empty", "soft_not_found"],
)  # fmt: skip
def test_a_failure_is_confirmed_by_the_same_failure_later(word):
    assert (word, True) == verdict(word, word)


@pytest.mark.parametrize("word", ["not_found", "dns_failure", "server_error"])
def test_one_failure_alone_confirms_nothing(word):
    assert (word, False) == verdict(word)


@pytest.mark.parametrize("word", ["dns_failure", "refused", "soft_not_found", "server_error"])
def test_two_attempts_in_one_breath_are_one(word):
    assert (word, False) == verdict(word, word, apart=1)


def test_a_server_that_says_twice_that_there_is_no_such_page_need_not_be_waited_for():
    assert ("not_found", True) == verdict("not_found", "not_found", apart=1)
    assert ("gone", True) == verdict("gone", "gone", apart=0)


@pytest.mark.parametrize("first", ["timeout", "not_found", "server_error", "dns_failure"])
def test_one_good_answer_clears_a_target(first):
    assert ("ok", False) == verdict(first, "ok")


@pytest.mark.parametrize("order", [("not_found", "blocked"), ("blocked", "not_found")])
def test_a_refusal_proves_nothing(order):
    assert ("blocked", False) == verdict(*order)


def test_different_failures_do_not_confirm_each_other():
    assert ("reset", False) == verdict("timeout", "reset")


def test_gone_and_not_found_say_the_same():
    assert ("not_found", True) == verdict("gone", "not_found")


def test_what_robots_forbid_is_no_fault():
    assert ("robots_denied", False) == verdict("robots_denied")


def test_the_status_is_that_of_the_telling_attempt():
    check = check_of(URL, [attempt("server_error", 0, 502), attempt("ok", 30, 200)], apart_s=2.0)

    assert 200 == check.status
