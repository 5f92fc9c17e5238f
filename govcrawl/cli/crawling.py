"""`govcrawl probe`, `nightly`, `crawl` and `recheck`: what goes out and looks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from govcrawl.cli.options import (
    Moment,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from govcrawl.network.resolve_rules import Rule
    from govcrawl.night.nightly import Orders


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
) -> Orders:
    from govcrawl.night.nightly import Orders, workers_here  # noqa: PLC0415

    return Orders(
        registry=registry_folder,
        data=data.resolve(),
        as_of=day_inspected(as_of, data),
        workers=workers or workers_here(),
        settings=with_resolve(settings, resolve),
        clock=now,
        out=sys.stderr,
    )


def _crawl_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (registry_option, data_option, as_of_option, workers_option, resolve_option, setting_option)
    ):
        command = option(command)
    return command


@click.command()
@_crawl_options
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
    assessment_id, notices = do_nightly(orders, edition, campaign_of(campaign_file), overlay)
    click.echo(summary(orders.data, assessment_id, notices))


@click.command()
@_crawl_options
def crawl(**options: Any) -> None:
    """Crawl only: one finished run of each kind (availability, sections, site, links).

    A single spider runs with `scrapy crawl sections -a registry=DIR -a data=DIR`.

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
