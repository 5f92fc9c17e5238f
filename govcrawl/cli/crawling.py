"""`govcrawl probe`, `nightly`, `crawl` and `recheck`: the commands that visit sites."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.options import (
    Moment,
    any_day_option,
    as_of_option,
    campaign_of,
    campaign_option,
    data_option,
    day_inspected,
    now,
    overlay_option,
    registry_option,
    resolve_option,
    rules_option,
    setting_option,
    with_resolve,
    workers_option,
)
from govcrawl.records.errors import BusyError, UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from govcrawl.network.resolve_rules import Rule
    from govcrawl.night.nightly import Orders

LONGEST_NIGHT = timedelta(hours=20)  # leaves the next night its hour, however slow the sites are


@click.command()
@registry_option
@data_option
@click.option(
    "--at",
    type=Moment(),
    metavar="TIME",
    help="Stamp of the round when the clock is simulated; Asia/Shanghai if without zone.",
)
@resolve_option
@setting_option
def probe(
    registry_folder: Path,
    data: Path,
    at: datetime | None,
    resolve: Sequence[Rule],
    settings: Sequence[str],
) -> None:
    """One round of availability probes: each home page once. For a timer, every 30 to 60 minutes.

    Rounds may overlap each other and a night; `load` or the next night takes them into the warehouse.

    Example: govcrawl probe --registry my-registry --data data
    """
    from govcrawl.night.rounds import probe_round  # noqa: PLC0415

    outcomes = probe_round(
        registry_folder, data, stamp=at, settings=with_resolve(settings, resolve), clock=now
    )
    counts = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    click.echo(f"{outcomes.total()} home pages: {counts}")


def _orders(  # the options that `nightly` and `crawl` share
    registry_folder: Path,
    data: Path,
    as_of: date | None,
    workers: int | None,
    resolve: Sequence[Rule],
    settings: Sequence[str],
    *,
    any_day: bool,
    only: Sequence[str] = (),
    until: datetime | None = None,
    again: bool = False,
    scheduler: str | None = None,
    store: str | None = None,
) -> Orders:
    from govcrawl.night.cluster.coordinator import Cluster  # noqa: PLC0415
    from govcrawl.night.nightly import Orders, workers_here  # noqa: PLC0415

    if (scheduler is None) != (store is None):
        raise click.UsageError(
            "--cluster and --store belong together: where the workers meet, and where their files do"
        )
    return Orders(
        cluster=None if scheduler is None or store is None else Cluster(scheduler, store),
        only=frozenset(only),
        until=until,
        again=again,
        registry=registry_folder,
        data=data.resolve(),
        as_of=day_inspected(as_of, data, any_day=any_day),
        workers=workers or workers_here(),
        settings=with_resolve(settings, resolve),
        clock=now,
        out=sys.stderr,
    )


def _crawl_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            registry_option,
            data_option,
            as_of_option,
            any_day_option,
            workers_option,
            resolve_option,
            setting_option,
        )
    ):
        command = option(command)
    return command


def _until(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime:
    """The next time the clock in Asia/Shanghai shows HH:MM; without one the longest a night may take from now on."""
    if value is None:
        return now().astimezone(CIVIL) + LONGEST_NIGHT
    try:
        at = datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 - a time of day
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no time of day; write it as 06:00") from error
    here = now().astimezone(CIVIL)
    moment = datetime.combine(here.date(), at, CIVIL)
    return moment if moment > here else moment + timedelta(days=1)


def _night_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of a whole night, which a re-check is not."""
    for option in (
        click.option(
            "--store",
            metavar="DIR_OR_S3",
            help="With --cluster: a folder that all its machines see, or s3://BUCKET/PREFIX.",
        ),
        click.option(
            "--cluster",
            "scheduler",
            metavar="tcp://HOST:PORT",
            help="Let the workers of this Dask scheduler crawl (extra `cluster`).",
        ),
        click.option("--again", is_flag=True, help="Crawl the day anew although its night is done."),
        click.option(
            "--until",
            callback=_until,
            metavar="HH:MM",
            help="From then on (Asia/Shanghai) begin nothing more; finish what is begun, the rest is unmeasured. "
            f"Without it: {LONGEST_NIGHT // timedelta(hours=1)} hours after the start.",
        ),
        click.option(
            "--only", multiple=True, metavar="SITE", help="Only this site, by its code; repeatable."
        ),
    ):
        command = option(command)
    return _crawl_options(command)


@click.command()
@_night_options
@rules_option
@overlay_option
@campaign_option
def nightly(edition: str, overlay: Path | None, campaign_file: Path | None, **options: Any) -> None:
    """The whole line: crawl, load, publish, assess, notices. Takes up a night that was cut off.

    Exit code 3 when the publish gate held the night back.

    Example: govcrawl nightly --registry my-registry --data data --rules inspection-2019
    """
    from govcrawl.night.nightly import nightly as do_nightly  # noqa: PLC0415
    from govcrawl.night.summary import summary  # noqa: PLC0415

    orders = _orders(**options)
    with _reporting_the_end(orders):
        assessment_id, notices = do_nightly(orders, edition, campaign_of(campaign_file), overlay)
    click.echo(summary(orders.data, assessment_id, notices))


@contextmanager
def _reporting_the_end(orders: Orders) -> Iterator[None]:
    """Report the end of a night to monitors, people and pages, however it ends; a failed report does not change the end."""
    from govcrawl.night.morning import never_began, tell_all  # noqa: PLC0415

    begun = now()
    try:
        yield
    except BusyError:
        raise  # the night belongs to another process
    except BaseException as error:
        with suppress(Exception):  # the cause that ended the night may also prevent writing
            if isinstance(error, UserError):
                never_began(orders.data, orders.as_of, begun, error)
            _complain(tell_all(orders.data, now())[1])
        raise
    _complain(tell_all(orders.data, now())[1])


def _complain(troubles: Sequence[str]) -> None:
    for trouble in troubles:
        click.echo(f"govcrawl: {trouble}", err=True)


@click.command()
@_night_options
def crawl(**options: Any) -> None:
    """Crawl only: one finished run of each kind (availability, visit, surroundings, links).

    A single spider runs with `scrapy crawl visit -a registry=DIR -a data=DIR`.

    Example: govcrawl crawl --registry my-registry --data data --workers 2
    """
    from govcrawl.night.nightly import crawl as do_crawl  # noqa: PLC0415

    for folder in do_crawl(_orders(**options)):
        click.echo(folder)


@click.command()
@_crawl_options
def recheck(**options: Any) -> None:
    """Visit only what open faults are about, and let the ledger say which are mended. Nothing else changes.

    The faults are those of the newest published assessment. What only a night can measure is named and left.

    Example: govcrawl recheck --registry my-registry --data data
    """
    from govcrawl.night.recheck import recheck as do_recheck  # noqa: PLC0415

    click.echo(do_recheck(_orders(**options)))
