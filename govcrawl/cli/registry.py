"""`govcrawl registry …` and `discover`: the list of sites, and proposals for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import PATH, WRONG_INPUT, data_option, registry_option
from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def registry() -> None:
    """The list of sites, sections, units and accounts that people keep."""


@registry.command("init")
@click.argument("folder", type=PATH, metavar="DIR")
def registry_init(folder: Path) -> None:
    """Write the registry files that DIR lacks, empty but for their headers. Never overwrites.

    Example: govcrawl registry init my-registry
    """
    from govcrawl.registry import init_registry  # noqa: PLC0415

    written = init_registry(folder)
    for path in written:
        click.echo(path)
    if not written:
        click.echo(f"{folder}: has every registry file already; nothing was written.", err=True)


@registry.command("check")
@click.argument("folder", type=PATH, metavar="DIR")
def registry_check(folder: Path) -> int:
    """Print every problem of the registry in DIR with file, line, value and remedy.

    Exit code 1 when anything is an error; warnings alone are none.

    Example: govcrawl registry check my-registry
    """
    from govcrawl.registry import read_registry  # noqa: PLC0415

    found, problems = read_registry(folder)
    for problem in problems:
        click.echo(problem)
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(
        f"{folder}: {len(found.sites)} sites ({len(found.running_sites())} running), {len(found.sections)} sections, "
        f"{len(found.accounts)} accounts; {errors} errors, {len(problems) - errors} warnings"
    )
    return WRONG_INPUT if errors else 0


@click.command()
@registry_option
@data_option
@click.option(
    "--out",
    type=PATH,
    metavar="FILE",
    help="Where to write the proposal; DIR/proposals/RUN/sections.csv in the data directory if not given.",
)
def discover(registry_folder: Path, data: Path, out: Path | None) -> None:
    """Propose sections for the sites of the registry that have none, from the newest finished site crawl.

    Look the file through, correct it and put it into the registry as sections.csv. Nothing is judged before.

    Example: govcrawl discover --registry my-registry --data data --out sections.csv
    """
    from govcrawl.night import discover as discovery  # noqa: PLC0415
    from govcrawl.records.runs import finished_runs  # noqa: PLC0415
    from govcrawl.registry import load_registry  # noqa: PLC0415

    found_in = load_registry(registry_folder)
    sites = discovery.without_sections(found_in)
    if not sites:
        raise UserError(
            f"{registry_folder}: every running site has sections; there is nothing to propose. "
            "Name a registry without the sections of the sites to be looked at."
        )
    run_folder = discovery.newest_site_run(finished_runs(data), data)
    found = discovery.discover(found_in, run_folder)
    path = out or discovery.proposals_of(data, run_folder.name)
    discovery.write_proposals(found, path)
    click.echo(f"{len(found)} sections of {len({each.site_code for each in found})} sites → {path}")
    for site in sites:
        if all(each.site_code != site.site_code for each in found):
            click.echo(
                f"{site.site_code} {site.name}: none found; its home page could not be read or names none"
            )
