"""Writes the reason for the result of a row, so that a clerk can follow it: every count, product and maximum.

The functions give one text per subject (site or account), in the order of the counts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from analytics.figures.rates import Rate
from analytics.judging.counting import UNITS
from analytics.words.phrases import FOR_PEOPLE, NOTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.editions.chosen import Indicator, Limit, Tariff
    from analytics.judging.counting import Counts, Numbers, Truths

NOTHING = "没有可以检查的对象"


def of_veto(row: Indicator, counts: Sequence[Counts], reached: Sequence[Truths], total: Counts) -> list[str]:
    """The reason of a veto: every limit with its count; a limit of one fault uses the check's own reason.

    What a check says of things in order is no reason beside what is not, and is left out.
    """
    parts = [_limit(each, limit, over) for each, limit, over in zip(counts, row.limit, reached, strict=True)]
    amiss = [each.failed + each.unmeasured + each.awaiting > 0 for each in counts]
    own = [limit.at_least == 1 for limit in row.limit]
    words = []
    for line, bad, looked, awaiting in zip(
        zip(*parts, strict=True),
        zip(*amiss, strict=True),
        total.looked.tolist(),
        total.awaiting.tolist(),
        strict=True,
    ):
        said = (
            part
            for part, is_own, is_bad in zip(line, own, bad, strict=True)
            if part and (is_bad or not is_own or not any(bad))
        )
        own_words = ";".join(said) if looked else NOTHING
        waiting = f";{awaiting}处待人工确认" if awaiting else ""
        words.append((own_words + waiting + _people(row)).removeprefix(";"))
    return words


def _limit(counted: Counts, limit: Limit, over: Truths) -> list[str]:
    if limit.at_least == 1:
        return counted.said
    words = []
    for failed, unmeasured, said, reached in zip(
        counted.failed.tolist(), counted.unmeasured.tolist(), counted.said, over.tolist(), strict=True
    ):
        text = f"{limit.words}{failed}个(限{limit.at_least}个{',已达到)' if reached else ')'}"
        if unmeasured:
            text += f",另有{unmeasured}个未能核实" + (f":{said}" if said else "")
        words.append(text)
    return words


def of_points(
    row: Indicator, counts: Sequence[Counts], total: Counts, computed: Numbers, capped: Numbers
) -> list[str]:
    """The reason of a row with points. `computed`: points by the counts; `capped`: points after the row's maximum."""
    tariffs, verb = (row.deduction, "扣") if row.deduction else (row.award, "加")
    kind = "failed" if row.deduction else "held"
    found = "发现" if row.deduction else "符合"
    none = "处,未发现问题" if row.deduction else "处,未见符合"
    unconfirmed = all(tariff.confirm for tariff in tariffs)
    of_shares = any(tariff.points_per_percent is not None for tariff in tariffs)
    words = []
    for products, number, looked, unmeasured, awaiting, complete, said, sum_of, most in zip(
        _products(tariffs, counts, kind, verb),
        total.of(kind).tolist(),
        total.looked.tolist(),
        total.unmeasured.tolist(),
        total.awaiting.tolist(),
        total.complete.tolist(),
        total.said,
        computed.tolist(),
        capped.tolist(),
        strict=True,
    ):
        settled = looked - unmeasured - awaiting
        if not looked:
            words.append((said or NOTHING) + _people(row))
            continue
        if number:
            head = f"{found}{products}" + ("" if unconfirmed else f",应{verb}{points(sum_of)}分")
            head += f",本项最多{verb}{points(most)}分" if sum_of > most else ""
        elif of_shares:
            head = said  # more informative than 检查140处
        else:
            head = f"检查{settled}{none}" if settled > 0 else ""
        also = "另有" if head else "有"
        text = head
        text += f";{also}{unmeasured}处未能核实" if unmeasured else ""
        text += f";{also}{awaiting}处待人工确认" if awaiting else ""
        text += ";检查未能覆盖全部页面" if not complete and not unmeasured else ""
        if said and said != head and (unmeasured or NOTE in said):
            text += f";{said}"
        words.append(text.removeprefix(";") + _people(row))
    return words


def _products(tariffs: Sequence[Tariff], counts: Sequence[Counts], kind: str, verb: str) -> list[str]:
    """The products of number and points; tariffs with the same words and points are added to one product."""
    alike: dict[tuple[str, str, int], list[Counts]] = {}
    for tariff, counted in zip(tariffs, counts, strict=True):
        product = tariff.words or "、".join(tariff.categories), _price(tariff, verb), tariff.at_least
        alike.setdefault(product, []).append(counted)
    parts = []
    for (words, price, at_least), same in alike.items():
        number = np.sum([each.of(kind) for each in same], axis=0)
        looked = np.sum([each.looked for each in same], axis=0)
        parts.append(
            [
                words + price.format(number=n, looked=of, share=Rate(n, of).printed(2))
                if n >= at_least
                else f"{words}{n}处(不足{at_least}处)"
                if n
                else ""
                for n, of in zip(number.tolist(), looked.tolist(), strict=True)
            ]
        )
    return ["+".join(filter(None, line)) for line in zip(*parts, strict=True)]


def _price(tariff: Tariff, verb: str) -> str:
    """A format string for one product, with fields for the number, the total and their share."""
    if tariff.points_each is not None:
        return f"{{number}}处×{_plain(tariff.points_each)}分"
    if tariff.points_once is not None:
        return f"{{number}}处,{'经人工确认后' if tariff.confirm else ''}计{_plain(tariff.points_once)}分"
    each = "每1%" if tariff.proportional else "满1%"
    return f"{{number}}次,占{{looked}}次的{{share}},{each}{verb}{_plain(tariff.points_per_percent)}分"


def _plain(number: Decimal | None) -> str:
    return f"{(number or Decimal(0)).normalize():f}"


def points(amount: int) -> str:
    """Points (given in units of counting.UNITS) as a document prints them: 2.6, 20."""
    return f"{amount / UNITS:.4f}".rstrip("0").rstrip(".")


def _people(row: Indicator) -> str:
    return f";{FOR_PEOPLE}:{row.manual_words}" if row.manual else ""
