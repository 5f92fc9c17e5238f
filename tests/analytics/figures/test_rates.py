"""Rates and percentage points as circulars print them (test vectors: regulations.md 7.3)."""

from decimal import Decimal

import pytest

from analytics.figures.rates import Rate, difference


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "printed"),
    [
        (823, 857, 1, "96.0%"),
        (118, 122, 1, "96.7%"),
        (566, 591, 2, "95.77%"),
        (3851, 3857, 1, "99.8%"),
        (36, 39, 0, "92%"),
        (40, 43, 2, "93.02%"),
        (126, 134, 2, "94.03%"),
        (5, 5, 1, "100%"),
        (0, 5, 1, "0%"),
        (0, 0, 1, "—"),
        (1, 8, 0, "13%"),  # 12.5 rounds half up
    ],
)
def test_a_rate_is_rounded_half_up_and_keeps_its_places(part, whole, decimals, printed):
    assert printed == Rate(part, whole).printed(decimals)


@pytest.mark.parametrize(("decimals", "printed"), [(0, "99%"), (1, "99.9%"), (2, "99.97%")])
def test_a_rate_never_reaches_a_hundred_while_one_failed(decimals, printed):
    assert printed == Rate(3852, 3853).printed(decimals)


def test_one_in_thousands_is_not_printed_as_none():
    assert "0.1%" == Rate(1, 9999).printed(1)


def test_points_are_the_difference_of_the_printed_rates():
    assert Decimal("2.3") == difference(Rate(40, 43), Rate(39, 43), 1)
    assert difference(Rate(1, 2), Rate(0, 0), 1) is None
