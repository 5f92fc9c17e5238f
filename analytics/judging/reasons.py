"""Writes the reason for the result of a row, so that a clerk can follow it: every count, product and maximum."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from analytics.figures.rates import Rate
from analytics.judging.counting import UNITS
from analytics.words.phrases import NOTE

if TYPE_CHECKING:
    from analytics.editions.chosen import Indicator, Limit, Tariff

FOR_PEOPLE = "须由人工检查"
NOTHING = "没有可以检查的对象"


def of_veto(
    row: Indicator, counts: list[pd.DataFrame], reached: list[pd.Series[bool]], total: pd.DataFrame
) -> pd.Series[str]:
    """The reason of a veto: every limit with its count; a limit of one fault uses the check's own reason."""
    parts = [_limit(each, limit, over) for each, limit, over in zip(counts, row.limit, reached, strict=True)]
    words = [";".join(filter(None, line)) for line in zip(*parts, strict=True)]
    own_words = pd.Series(words, index=total.index, dtype="str").where(total["looked"] > 0, NOTHING)
    waiting = _some(total["awaiting"], ";{}处待人工确认")
    return (own_words + waiting + _people(row)).str.removeprefix(";")


def _limit(counted: pd.DataFrame, limit: Limit, over: pd.Series[bool]) -> pd.Series[str]:
    if limit.at_least == 1:
        return counted["said"]
    return (
        limit.words
        + counted["failed"].astype("str")
        + f"个(限{limit.at_least}个"
        + pd.Series(",已达到)", index=counted.index).where(over, ")")
        + _some(counted["unmeasured"], ",另有{}个未能核实")
        + (":" + counted["said"]).where((counted["unmeasured"] > 0) & (counted["said"] != ""), "")
    )


def of_points(
    row: Indicator,
    counts: list[pd.DataFrame],
    total: pd.DataFrame,
    computed: pd.Series[int],
    capped: pd.Series[int],
) -> pd.Series[str]:
    """The reason of a row with points. `computed`: points by the counts; `capped`: points after the row's maximum."""
    tariffs, verb = (row.deduction, "扣") if row.deduction else (row.award, "加")
    found = "发现" if row.deduction else "符合"
    none = "处,未发现问题" if row.deduction else "处,未见符合"
    products = _products(tariffs, counts, "failed" if row.deduction else "held", verb)
    arithmetic = products + f",应{verb}" + points(computed) + "分"
    arithmetic += (f",本项最多{verb}" + points(capped) + "分").where(computed > capped, "")
    counted = total["failed" if row.deduction else "held"]
    own_words = _joined(counts)
    settled = total["looked"] - total["unmeasured"] - total["awaiting"]
    clean = ("检查" + settled.astype("str") + none).where(settled > 0, "")
    if any(tariff.points_per_percent is not None for tariff in tariffs):
        clean = own_words  # more informative than 检查140处
    head = (found + arithmetic).where(counted > 0, clean)
    also = pd.Series("另有", index=total.index).where(head != "", "有")
    tail = (";" + also + _some(total["unmeasured"], "{}处未能核实")).where(total["unmeasured"] > 0, "")
    tail += (";" + also + _some(total["awaiting"], "{}处待人工确认")).where(total["awaiting"] > 0, "")
    partly = ~total["complete"] & (total["unmeasured"] == 0)
    tail += pd.Series(";检查未能覆盖全部页面", index=total.index).where(partly, "")
    telling = (total["unmeasured"] > 0) | own_words.str.contains(NOTE)
    tail += (";" + own_words).where(telling & (own_words != "") & (head != own_words), "")
    words = (head + tail).str.removeprefix(";")
    return words.where(total["looked"] > 0, own_words.where(own_words != "", NOTHING)) + _people(row)


def _products(
    tariffs: tuple[Tariff, ...], counts: list[pd.DataFrame], kind: str, verb: str
) -> pd.Series[str]:
    """The products of number and points; tariffs with the same words and points are added to one product."""
    alike: dict[tuple[str, str, int], list[pd.DataFrame]] = {}
    for tariff, counted in zip(tariffs, counts, strict=True):
        product = tariff.words or "、".join(tariff.categories), _price(tariff, verb), tariff.at_least
        alike.setdefault(product, []).append(counted)
    parts = []
    for (words, price, at_least), same in alike.items():
        number = sum((each[kind] for each in same[1:]), start=same[0][kind])
        looked = sum((each["looked"] for each in same[1:]), start=same[0]["looked"])
        parts.append(
            [
                words + price.format(number=n, looked=of, share=Rate(n, of).printed(2))
                if n >= at_least
                else f"{words}{n}处(不足{at_least}处)"
                if n
                else ""
                for n, of in zip(number, looked, strict=True)
            ]
        )
    lines = ["+".join(filter(None, line)) for line in zip(*parts, strict=True)]
    return pd.Series(lines, index=counts[0].index, dtype="str")


def _price(tariff: Tariff, verb: str) -> str:
    """A format string for one product, with fields for the number, the total and their share."""
    if tariff.points_each is not None:
        return f"{{number}}处×{_plain(tariff.points_each)}分"
    if tariff.points_once is not None:
        return f"{{number}}处,计{_plain(tariff.points_once)}分"
    each = "每1%" if tariff.proportional else "满1%"
    return f"{{number}}次,占{{looked}}次的{{share}},{each}{verb}{_plain(tariff.points_per_percent)}分"


def _plain(number: Decimal | None) -> str:
    return f"{(number or Decimal(0)).normalize():f}"


def points(amounts: pd.Series[int]) -> pd.Series[str]:
    """Points (given in units of counting.UNITS) as a document prints them: 2.6, 20."""
    words = [f"{amount / UNITS:.4f}".rstrip("0").rstrip(".") for amount in amounts]
    return pd.Series(words, index=amounts.index, dtype="str")


def _some(numbers: pd.Series[int], sentence: str) -> pd.Series[str]:
    """The sentence with its number, or an empty text where the number is zero."""
    words = [sentence.format(number) if number else "" for number in numbers]
    return pd.Series(words, index=numbers.index, dtype="str")


def _joined(counts: list[pd.DataFrame]) -> pd.Series[str]:
    lines = [
        ",".join(dict.fromkeys(filter(None, words)))
        for words in zip(*(c["said"] for c in counts), strict=True)
    ]
    return pd.Series(lines, index=counts[0].index, dtype="str")


def _people(row: Indicator) -> str:
    return f";{FOR_PEOPLE}:{row.manual_words}" if row.manual else ""
