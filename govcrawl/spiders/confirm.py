"""What several attempts at one link target prove together.

A target is called broken only if it failed in the same way each time, with some time between the attempts: a single failure
may be ours. One good answer clears it. A refusal (`blocked`) proves nothing either way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from govcrawl.records.items import LinkCheck
from govcrawl.records.outcomes import AT_ONCE, FAILED, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govcrawl.records.items import Attempt

_SAME = {Outcome.GONE: Outcome.NOT_FOUND}  # a server that says 410 now and 404 then means one thing


def check_of(target_url: str, attempts: Sequence[Attempt], *, apart_s: float) -> LinkCheck:
    """Sum up the attempts at a target, oldest first; two count as separate when `apart_s` lie between them.

    A server that says twice that there is no such page knows what it says, however short the time between.
    """
    cleared = [attempt for attempt in attempts if attempt.outcome not in FAILED]
    telling = cleared[-1] if cleared else attempts[-1]
    return LinkCheck(
        target_url=target_url,
        outcome=telling.outcome,
        status=telling.status,
        confirmed=not cleared
        and len(attempts) > 1
        and _same_way(attempts)
        and (telling.outcome in AT_ONCE or _apart(attempts, apart_s)),
        attempts=list(attempts),
    )


def _same_way(attempts: Sequence[Attempt]) -> bool:
    words = {Outcome(attempt.outcome) for attempt in attempts}
    return len({_SAME.get(word, word) for word in words}) == 1


def _apart(attempts: Sequence[Attempt], apart_s: float) -> bool:
    first, last = (datetime.fromisoformat(attempts[i].attempted_at) for i in (0, -1))
    return last - first >= timedelta(seconds=apart_s)
