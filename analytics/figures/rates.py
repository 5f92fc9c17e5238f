"""Rates as circulars print them: rounded half up, but never to 100 % when one failed (regulations.md 7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, stored as its two counts, so that both can be printed."""

    part: int
    whole: int

    def exact(self) -> Decimal | None:
        """Per cent, unrounded; None when nothing was counted."""
        return Decimal(100) * self.part / self.whole if self.whole else None

    def rounded(self, decimals: int) -> Decimal | None:
        """Per cent, half up to `decimals` places; a rate below 100 is never rounded to 100, one above 0 never to 0."""
        exact = self.exact()
        if exact is None:
            return None
        step = Decimal(1).scaleb(-decimals)
        value = exact.quantize(step, ROUND_HALF_UP)
        if value == 100 and self.part < self.whole:
            return exact.quantize(step, ROUND_DOWN)
        if value == 0 and self.part > 0:
            return step
        return value

    def printed(self, decimals: int) -> str:
        """`96.7%`, `100%`, or a dash when nothing was counted."""
        value = self.rounded(decimals)
        if value is None:
            return "—"
        return f"{value:f}%" if 0 < value < 100 else f"{value:.0f}%"


def difference(now: Rate, before: Rate, decimals: int) -> Decimal | None:
    """Percentage points between two printed rates (个百分点), so that a reader can redo the subtraction."""
    new, old = now.rounded(decimals), before.rounded(decimals)
    return None if new is None or old is None else new - old
