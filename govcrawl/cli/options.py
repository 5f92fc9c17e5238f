"""Options that several commands share, and their defaults."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.notices.campaign import Campaign
    from govcrawl.network.resolve_rules import Rule

DEFAULT_EDITION: Final = "inspection-2019"

WRONG_INPUT: Final = 1
"""Exit code of a command that found errors which its user has to mend."""


class Day(click.ParamType[date]):
    """A civil day, such as 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-22", param, ctx)


class Moment(click.ParamType[datetime]):
    """An instant; without a zone it is taken as Asia/Shanghai."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time; write it as 2026-11-22T08:30", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=CIVIL)


def _setting(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse an unknown setting or a malformed number, which would be ignored or fail later in a worker."""
    if values:
        from govcrawl.cli.scrapy_settings import problem_of  # noqa: PLC0415 - Scrapy takes its time

        for value in values:
            if not value.partition("=")[1]:
                raise click.BadParameter(f"{value!r} is not NAME=VALUE")
            if problem := problem_of(*value.split("=", 1)):
                raise click.BadParameter(problem)
    return values


def _resolve(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Rule, ...]:
    """Parse the rules, those in files too, so that a mistake ends the command at once."""
    from govcrawl.network.resolve_rules import parse_resolve  # noqa: PLC0415 - Scrapy stands beside it

    return parse_resolve(values)


PATH = click.Path(path_type=Path)

registry_option = click.option(
    "--registry", "registry_folder", type=PATH, required=True, metavar="DIR", help="The registry directory."
)
data_option = click.option("--data", type=PATH, required=True, metavar="DIR", help="The data directory.")
as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="The day inspected; today in Asia/Shanghai if not given."
)
any_day_option = click.option(
    "--any-day",
    is_flag=True,
    help="The day of --as-of is meant although it lies in the future or before the newest one judged.",
)
rules_option = click.option(
    "--rules",
    "edition",
    default=DEFAULT_EDITION,
    metavar="EDITION",
    show_default=True,
    help="Edition of the indicators.",
)
overlay_option = click.option(
    "--overlay",
    type=PATH,
    metavar="FILE",
    help="TOML with what is set otherwise here: stricter terms, scope, decimals, bands of scores.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Crawling processes; one a core, as far as memory reaches, if not given.",
)
resolve_option = click.option(
    "--resolve",
    multiple=True,
    callback=_resolve,
    metavar="HOST:PORT:ADDRESS[:PORT2]",
    help="Send a name to another address, as curl does; repeatable, or @FILE with one rule a line.",
)
setting_option = click.option(
    "-s",
    "--setting",
    "settings",
    multiple=True,
    callback=_setting,
    metavar="NAME=VALUE",
    help="A Scrapy setting, as `scrapy crawl -s` takes it; repeatable.",
)
assessment_option = click.option(
    "--assessment",
    "assessment_id",
    metavar="ID",
    help="Which one; the newest published by the edition the office works by if not given.",
)
campaign_option = click.option(
    "--campaign",
    "campaign_file",
    type=PATH,
    metavar="FILE",
    help="TOML with issuer, number and deadline of the documents; without it they are drafts.",
)


def with_resolve(settings: Sequence[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """Add the rules to the settings for a crawling process."""
    from govcrawl.network.resolve_rules import as_setting  # noqa: PLC0415

    return (*settings, f"RESOLVE={as_setting(rules)}") if rules else tuple(settings)


def now() -> datetime:
    return datetime.now(UTC)


def today_here() -> date:
    return datetime.now(CIVIL).date()


def day_inspected(as_of: date | None, data: Path, *, any_day: bool = False) -> date:
    """The day to inspect; UserError for an unlikely one unless `any_day`.

    A typing error or a wrong clock must not date a night: a day in the future would block every night until that day,
    and a ledger cannot continue from an assessment of a later day.
    """
    from analytics.judging.assess import newest_judged  # noqa: PLC0415

    judged, today = newest_judged(data / "assessments"), today_here()
    day = as_of or today
    if any_day and as_of:
        if judged is not None and judged > day:
            click.echo(
                f"note: {judged} has been judged already; its ledger does not grow from {day}", err=True
            )
        return day
    if day > today:
        raise UserError(
            f"--as-of {day}: that day has not come (today is {today} in Asia/Shanghai). If it is meant all the same, as "
            "where the clock is simulated, add --any-day"
        )
    if judged is not None and judged > day:
        if as_of is None:
            raise UserError(
                f"the clock says {today}, and {judged} has been judged already: set the clock right, or, where {judged} was "
                "judged by mistake, take it back with `govcrawl withdraw`"
            )
        raise UserError(
            f"--as-of {day}: {judged} has been judged already, and its ledger would not grow from {day}. If {judged} was "
            f"judged by mistake take it back with `govcrawl withdraw`; if {day} is meant all the same add --any-day"
        )
    return day


def campaign_of(file: Path | None) -> Campaign | None:
    """Read the campaign file, where one is named."""
    if file is None:
        return None
    from analytics.notices.campaign import read_campaign  # noqa: PLC0415

    return read_campaign(file)
