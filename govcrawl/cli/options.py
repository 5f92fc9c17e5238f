"""What several commands are told by options, and what holds where an option is not given."""

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
"""Exit code of a command that met what its user has to mend."""


class Day(click.ParamType[date]):
    """A civil day, 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-22", param, ctx)


class Moment(click.ParamType[datetime]):
    """An instant; without a zone it is of Asia/Shanghai."""

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
    for value in values:
        if not value.partition("=")[1]:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
    return values


def _resolve(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Rule, ...]:
    """Read the rules, those of files too; from here on they travel as values."""
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
    help="Crawling processes; one a core, at most 2, if not given.",
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
    "--assessment", "assessment_id", metavar="ID", help="Which one; the latest published if not given."
)
campaign_option = click.option(
    "--campaign",
    "campaign_file",
    type=PATH,
    metavar="FILE",
    help="TOML with issuer, number and deadline of the documents; without it they are drafts.",
)


def with_resolve(settings: Sequence[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """Put the rules among the settings a crawling process is given."""
    from govcrawl.network.resolve_rules import as_setting  # noqa: PLC0415

    return (*settings, f"RESOLVE={as_setting(rules)}") if rules else tuple(settings)


def now() -> datetime:
    return datetime.now(UTC)


def today_here() -> date:
    return datetime.now(CIVIL).date()


def day_inspected(as_of: date | None, data: Path) -> date:
    """The day inspected; a clock that was set back must not put a day before one that is judged already."""
    from analytics.judging.assess import newest_judged  # noqa: PLC0415

    judged = newest_judged(data / "assessments")
    if as_of is not None:
        if judged is not None and judged > as_of:
            click.echo(
                f"note: {judged} has been judged already; its ledger does not grow from {as_of}", err=True
            )
        return as_of
    today = today_here()
    if judged is not None and judged > today:
        raise UserError(
            f"the clock says {today}, and {judged} has been judged already: set the clock right, or say which day is "
            "meant with --as-of"
        )
    return today


def campaign_of(file: Path | None) -> Campaign | None:
    """Read the campaign file, where one is named."""
    if file is None:
        return None
    from analytics.notices.campaign import read_campaign  # noqa: PLC0415

    return read_campaign(file)
