"""What the spiders of a run share: their assignment, and how they speak of their tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scrapy import Spider
from scrapy.http import Response

from govcrawl.network.requests import answered, failed, is_kept, unanswered
from govcrawl.records.at_hand import Unreadable
from govcrawl.records.items import instant
from govcrawl.records.outcomes import Outcome
from govcrawl.spiders.assignment import Assignment
from govcrawl.spiders.signals import answer_came, page_taken, record_made, task_begun, task_done

if TYPE_CHECKING:
    from scrapy import Request
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts


NIGHT_UNTIL: Final = "NIGHT_UNTIL"
"""Setting: the instant from which on nothing is begun any more."""


class RunSpider(Spider):
    """Does its share of a run's tasks: it says where to go; a page says what is there, an extension writes it.

    Callback and errback of a request are one method, which asks `self.facts`: a failure is a fact like any other.
    """

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.assignment = Assignment.of_arguments(self.name, arguments)
        self.as_of = date.fromisoformat(self.assignment.run.plan.as_of)
        self.sent = 0
        run = self.assignment.run
        before = [run.folder.parent / run.plan.of_run] if run.plan.of_run else []
        self._unreadable = Unreadable(run.folder, *before)

    @cached_property
    def _until(self) -> datetime | None:
        given = self.settings.get(NIGHT_UNTIL)
        return datetime.fromisoformat(given) if given else None

    def out_of_time(self) -> bool:
        """Whether the night may begin nothing more; what is begun is finished."""
        return self._until is not None and datetime.now(UTC) >= self._until

    def site_count(self) -> int:
        """How many sites the share holds; 0 where it is not cut by sites."""
        return len(self.assignment.tasks)

    def waiting(self) -> int:
        """How many known addresses are still to be asked for."""
        return 0

    def begin(self, task: str) -> None:
        self.crawler.signals.send_catch_log(task_begun, task=task)

    def record(self, task: str, record: object) -> None:
        self.crawler.signals.send_catch_log(record_made, task=task, record=record)

    def done(self, task: str) -> None:
        self.crawler.signals.send_catch_log(task_done, task=task)

    def facts(self, answer: Response | Failure) -> FetchFacts:
        """What became of a request."""
        self.sent += 1
        facts = answered(answer) if isinstance(answer, Response) else unanswered(answer)
        request: Request = answer.request  # type: ignore[assignment, union-attr]
        return self._taken(self._kept(request, facts))

    async def fetch(self, request: Request) -> FetchFacts:
        """Ask for something outside the scheduler, through the same middlewares, and wait for what becomes of it."""
        assert self.crawler.engine is not None  # noqa: S101 - a spider asks while its engine runs
        self.sent += 1
        try:
            facts = answered(await self.crawler.engine.download_async(request))
        except Exception as error:  # noqa: BLE001 - whatever ends a request has its word
            facts = failed(request, error)
        return self._taken(self._kept(request, facts))

    def _kept(self, request: Request, facts: FetchFacts) -> FetchFacts:
        """Let an answer be kept until its task is done, unless it comes from there."""
        if not is_kept(request):
            self.crawler.signals.send_catch_log(answer_came, request=request, facts=facts)
        return facts

    def _taken(self, facts: FetchFacts) -> FetchFacts:
        """Say what is read from here until the next thing is done; what has held a process before is left unread."""
        if not facts.body:
            return facts
        if self._unreadable.holds(facts.url, facts.body, entrance=self.is_entrance(facts)):
            return self.left_unread(facts)
        self.crawler.signals.send_catch_log(
            page_taken, url=facts.url, content_type=facts.content_type, body=facts.body
        )
        return facts

    def is_entrance(self, facts: FetchFacts) -> bool:  # noqa: ARG002 - spiders that follow links have some
        """Whether a page leads to the others of its site."""
        return False

    def left_unread(self, facts: FetchFacts) -> FetchFacts:
        """What became of a page that must not be read: as if nobody had asked for it."""
        return replace(
            facts,
            outcome=Outcome.NOT_ATTEMPTED,
            body=b"",
            unreadable=True,
            error="reading it did not come to an end",
        )

    @staticmethod
    def now() -> str:
        return instant(datetime.now(UTC))
