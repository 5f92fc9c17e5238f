"""`govcrawl …`: the composition root. It alone reads the clock, and knows every stage.

Stages are imported when a command needs them: `probe` runs every half hour and must not wait for pandas, and
nothing may install a reactor before the command that crawls.
"""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govcrawl.records.errors import PublishHeld, UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from analytics.notices.campaign import Campaign
    from govcrawl.night.nightly import Orders

DEFAULT_EDITION = "inspection-2019"

WRONG_INPUT, HELD = 1, 3  # click's own 2 is usage


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave the process with the exit code of the contract."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; what the user can mend is told without a traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with _terminable():
            return int(govcrawl.main(words, prog_name="govcrawl", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, _Terminated) as stop:
        number = signal.SIGTERM if isinstance(stop, _Terminated) else signal.SIGINT
        click.echo("govcrawl: stopped; the same command takes up where this one was.", err=True)
        return 128 + number
    except PublishHeld as held:
        click.echo(
            f"govcrawl: held back: {held}. What was published before stays. Look at it, and if the "
            "measurement is right, release it with `govcrawl publish --force`.",
            err=True,
        )
        return HELD
    except UserError as error:
        _tell(error, words)
        return WRONG_INPUT
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = None
        return 0
    except OSError as error:
        _tell(UserError(f"{error.filename or 'system'}: {error.strerror or error}."), words, error)
        return WRONG_INPUT


def _tell(error: UserError, words: Sequence[str], cause: BaseException | None = None) -> None:
    if "--debug" in words:
        raise cause or error
    click.echo(f"govcrawl: {error}", err=True)


class _Terminated(Exception):  # noqa: N818 - not an error
    """SIGTERM came; raised so that what is under way is put away in order."""


@contextmanager
def _terminable() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


# ---------- what options say


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-22", param, ctx)


class _Moment(click.ParamType[datetime]):
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
) -> tuple[str, ...]:
    """Refuse a malformed rule now, and name files by their whole path for processes that run elsewhere."""
    if values:
        from govcrawl.network.resolve import parse_resolve  # noqa: PLC0415

        parse_resolve(values)
    return tuple(f"@{Path(value[1:]).resolve()}" if value.startswith("@") else value for value in values)


def _listed(_context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Names with commas between; those of formats and documents that nobody knows are refused."""
    from analytics.notices.catalogue import FORMATS, KINDS  # noqa: PLC0415

    known = FORMATS if parameter.name == "formats" else tuple(kind.stem for kind in KINDS)
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    for name in names:
        if name not in known:
            raise click.BadParameter(f"{name!r} is none of {', '.join(known)}")
    return names


def _bar(what: str) -> Callable[[int, int], None]:
    """A line that counts on a terminal; silence where nobody watches."""

    def show(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what} {done}/{of}" + ("\n" if done == of else ""))
            sys.stderr.flush()

    return show


_PATH = click.Path(path_type=Path)

registry_option = click.option(
    "--registry", "registry_folder", type=_PATH, required=True, metavar="DIR", help="The registry directory."
)
data_option = click.option("--data", type=_PATH, required=True, metavar="DIR", help="The data directory.")
as_of_option = click.option(
    "--as-of", type=_Day(), metavar="DATE", help="The day inspected; today in Asia/Shanghai if not given."
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
    type=_PATH,
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
table_option = click.option(
    "--out", type=_PATH, metavar="FILE", help="Write the CSV there; to standard output if not given."
)
campaign_option = click.option(
    "--campaign",
    "campaign_file",
    type=_PATH,
    metavar="FILE",
    help="TOML with issuer, number and deadline of the documents; without it they are drafts.",
)


def _with_resolve(settings: Sequence[str], rules: Sequence[str]) -> tuple[str, ...]:
    return (*settings, f"RESOLVE={','.join(rules)}") if rules else tuple(settings)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(CIVIL).date()


def _day(as_of: date | None, data: Path) -> date:
    """The day inspected; a clock that was set back must not put a day before one that is judged already."""
    from analytics.judging.assess import newest_judged  # noqa: PLC0415

    judged = newest_judged(data / "assessments")
    if as_of is not None:
        if judged is not None and judged > as_of:
            click.echo(
                f"note: {judged} has been judged already; its ledger does not grow from {as_of}", err=True
            )
        return as_of
    today = _today()
    if judged is not None and judged > today:
        raise UserError(
            f"the clock says {today}, and {judged} has been judged already: set the clock right, or say which day is "
            "meant with --as-of"
        )
    return today


def _campaign(file: Path | None) -> Campaign | None:
    if file is None:
        return None
    from analytics.notices.campaign import read_campaign  # noqa: PLC0415

    return read_campaign(file)


# ---------- commands, in the order the data flows


class _InOrder(click.Group):
    """Lists its commands as the data flows; fetches `page`, which brings the pages code along, when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*self.commands, "page"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "page":
            from govcrawl.cli.page import page_command  # noqa: PLC0415

            return page_command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="govcrawl")
@click.option("--debug", is_flag=True, help="Show tracebacks and debug messages.")
def govcrawl(*, debug: bool) -> None:
    """Inspects government websites by the official indicators and writes the circular.

    \b
    govcrawl registry init my-registry                    begin a list of sites
    govcrawl nightly --registry my-registry --data data   inspect them
    """  # noqa: D301 - \b is click's
    if debug:
        logging.basicConfig(level=logging.DEBUG)


@govcrawl.group()
def registry() -> None:
    """The list of sites, sections, units and accounts that people keep."""


@registry.command("init")
@click.argument("folder", type=_PATH, metavar="DIR")
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
@click.argument("folder", type=_PATH, metavar="DIR")
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


@govcrawl.command()
@registry_option
@data_option
@click.option(
    "--at",
    type=_Moment(),
    metavar="TIME",
    help="Stamp of the round when the clock is simulated; Asia/Shanghai if without zone.",
)
@resolve_option
@setting_option
def probe(
    registry_folder: Path,
    data: Path,
    at: datetime | None,
    resolve: Sequence[str],
    settings: Sequence[str],
) -> None:
    """One round of availability probes: each home page once. For a timer, every 30 to 60 minutes.

    Rounds may overlap each other and a night; `load` or the next night takes them into the warehouse.

    Example: govcrawl probe --registry my-registry --data data
    """
    from govcrawl.night.rounds import probe_round  # noqa: PLC0415

    outcomes = probe_round(
        registry_folder, data, stamp=at, settings=_with_resolve(settings, resolve), clock=_now
    )
    counts = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    click.echo(f"{outcomes.total()} home pages: {counts}")


def _orders(  # the options that `nightly` and `crawl` share
    registry_folder: Path,
    data: Path,
    as_of: date | None,
    workers: int | None,
    resolve: Sequence[str],
    settings: Sequence[str],
) -> Orders:
    from govcrawl.night.nightly import Orders, workers_here  # noqa: PLC0415

    return Orders(
        registry=registry_folder,
        data=data.resolve(),
        as_of=_day(as_of, data),
        workers=workers or workers_here(),
        settings=_with_resolve(settings, resolve),
        clock=_now,
        out=sys.stderr,
    )


def _crawl_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (registry_option, data_option, as_of_option, workers_option, resolve_option, setting_option)
    ):
        command = option(command)
    return command


@govcrawl.command()
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
    assessment_id, notices = do_nightly(orders, edition, _campaign(campaign_file), overlay)
    click.echo(summary(orders.data, assessment_id, notices))


@govcrawl.command()
@_crawl_options
def crawl(**options: Any) -> None:
    """Crawl only: one finished run of each kind (availability, sections, site, links).

    A single spider runs with `scrapy crawl sections -a registry=DIR -a data=DIR`.

    Example: govcrawl crawl --registry my-registry --data data --workers 2
    """
    from govcrawl.night.nightly import crawl as do_crawl  # noqa: PLC0415

    for folder in do_crawl(_orders(**options)):
        click.echo(folder)


@govcrawl.command()
@registry_option
@data_option
@click.option(
    "--out",
    type=_PATH,
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


@govcrawl.command()
@data_option
@click.option("--rebuild", is_flag=True, help="Build the warehouse anew from all run and assessment folders.")
def load(data: Path, *, rebuild: bool) -> int:
    """Load finished runs and assessments into the warehouse. Loading again changes nothing.

    Exit code 1 when a folder was refused; the others are loaded all the same.

    Example: govcrawl load --data data
    """
    from govcrawl.night.nightly import refusals  # noqa: PLC0415
    from govcrawl.warehouse import load as loader  # noqa: PLC0415

    report = loader.rebuild(data) if rebuild else loader.load_all(data)
    for name in report.loaded:
        click.echo(f"loaded {name}")
    for line in refusals(report):
        click.echo(line)
    click.echo(
        f"{len(report.loaded)} loaded, {len(report.refused)} refused, {len(report.unfinished)} unfinished"
    )
    return WRONG_INPUT if report.refused else 0


@govcrawl.command()
@data_option
@click.option("--force", is_flag=True, help="Publish although the gate holds.")
def publish(data: Path, *, force: bool) -> None:
    """Publish a copy of the warehouse for readers and point `published/latest.duckdb` at it.

    Exit code 3 when the gate holds it back because the last night measured far less than the one before.

    Example: govcrawl publish --data data
    """
    from govcrawl.warehouse.publish import publish as do_publish  # noqa: PLC0415

    click.echo(do_publish(data, _now(), force=force))


@govcrawl.command()
@data_option
@rules_option
@overlay_option
@as_of_option
def assess(data: Path, edition: str, overlay: Path | None, as_of: date | None) -> None:
    """Judge what is published by an edition of the indicators. `load` and `publish` then show it to readers.

    Example: govcrawl assess --data data --rules inspection-2019 --as-of 2026-11-22
    """
    from analytics.judging.assess import assess as do_assess  # noqa: PLC0415
    from govcrawl.records.evidence import keep_cited  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    with Snapshot.open(data) as snapshot:
        folder = do_assess(
            snapshot, edition=edition, as_of=_day(as_of, data), out=data / "assessments", overlay=overlay
        )
    keep_cited(data, folder)
    click.echo(folder)


@govcrawl.command()
@data_option
@assessment_option
@campaign_option
@click.option(
    "--formats",
    callback=_listed,
    default="html",
    show_default=True,
    metavar="LIST",
    help="html always, and of pdf, docx, xlsx what is named, commas between.",
)
@click.option(
    "--documents",
    callback=_listed,
    metavar="LIST",
    help="Which documents, commas between; those of the campaign, or of every night, if not given.",
)
@click.option("--figures", is_flag=True, help="Write nothing; print each figure with the SQL that gives it.")
def notices(
    data: Path,
    assessment_id: str | None,
    campaign_file: Path | None,
    formats: tuple[str, ...],
    documents: tuple[str, ...],
    *,
    figures: bool,
) -> int:
    """Write the documents of a published assessment: circular, rectification notices and what else is asked for.

    Exit code 1 when something asked for could not be written; the rest is written all the same.

    Example: govcrawl notices --data data --campaign 2026q4.toml --formats html,pdf,docx,xlsx
    """
    from analytics.notices.intranet.index import write_index  # noqa: PLC0415
    from analytics.notices.write import assessment_for, figures_of, write_notices  # noqa: PLC0415
    from analytics.words.text import shown  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415

    campaign = _campaign(campaign_file)
    if assessment_id is None:
        assessment_id = assessment_for(data, campaign) if campaign else latest_assessment(data)
    if figures:
        for figure in figures_of(data, assessment_id, campaign, documents=documents):
            click.echo(f"-- {figure.key} {shown(figure.words)}: {figure.printed}\n{figure.sql};\n")
        return 0
    written = write_notices(
        data,
        assessment_id,
        campaign,
        documents=documents,
        formats=formats,
        progress=_bar("PDF"),
    )
    for paths in written.written.values():
        for path in paths:
            click.echo(path)
    click.echo(write_index(data))
    for reason in written.missing:
        click.echo(f"govcrawl: {reason}", err=True)
    return WRONG_INPUT if written.missing else 0


def _put(table: pd.DataFrame, out: Path | None) -> None:
    if out is None:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        table.to_csv(out, index=False, encoding="utf-8-sig")  # with the mark spreadsheets know UTF-8 by
        click.echo(f"{len(table)} rows → {out}", err=True)


@govcrawl.command()
@data_option
@assessment_option
@click.option(
    "--by",
    type=click.Choice(["unit", "region", "level", "kind"]),
    default="unit",
    show_default=True,
    help="What the rows are.",
)
@table_option
def figures(data: Path, assessment_id: str | None, by: str, out: Path | None) -> None:
    """Figures of a published assessment by unit, region, level or kind, each with all below it, as CSV.

    Example: govcrawl figures --data data --by region --out figures.csv
    """
    from analytics.figures.rollup import rollup  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    with Snapshot.open(data) as snapshot:
        _put(rollup(snapshot, assessment_id or latest_assessment(data), by), out)


@govcrawl.command()
@data_option
@click.option("--size", type=click.IntRange(1), required=True, metavar="N", help="How many sites to draw.")
@click.option("--seed", metavar="S", help="Any word; the day in Asia/Shanghai if not given.")
@click.option(
    "--by", type=click.Choice(["level", "region", "kind"]), default="level", show_default=True, help="Strata."
)
@table_option
def sample(data: Path, size: int, seed: str | None, by: str, out: Path | None) -> None:
    """Draw a stratified random sample of running sites for a spot check (抽查), as CSV; the seed is printed.

    Every stratum sends at least one. Seed, size and the list of sites decide the draw: docs/operations.md says how.

    Example: govcrawl sample --data data --size 30 --by region --out spot-check.csv
    """
    from analytics.figures.sample import draw  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    seed = seed or _today().isoformat()
    with Snapshot.open(data) as snapshot:
        sites = snapshot.query("sites_to_sample")
        drawn = draw(sites, size, seed, by)
        click.echo(f"seed {seed}: {len(drawn)} of {len(sites)} sites of {snapshot.name} by {by}", err=True)
    _put(drawn, out)


@govcrawl.command()
@data_option
@assessment_option
@table_option
def compare(data: Path, assessment_id: str | None, out: Path | None) -> None:
    """Hold a published assessment against the units' own results (自查) and the spot checks (抽查), as CSV.

    Both stand in the registry: self_checks and spot_checks. A summary of how far they agree goes to standard error.

    Example: govcrawl compare --data data --out differences.csv
    """
    from analytics.figures import selfcheck  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    with Snapshot.open(data) as snapshot:
        compared = selfcheck.compare(snapshot, assessment_id or latest_assessment(data))
    click.echo(selfcheck.summary(compared).to_string(index=False), err=True)
    _put(compared, out)


@govcrawl.command()
@_crawl_options
def recheck(**options: Any) -> None:
    """Visit only what open faults are about, and let the ledger say which are mended. Nothing else changes.

    The faults are those of the newest published assessment. What only a night can measure is named and left.

    Example: govcrawl recheck --registry my-registry --data data
    """
    from govcrawl.night.recheck import recheck as do_recheck  # noqa: PLC0415

    click.echo(do_recheck(_orders(**options)))


@govcrawl.group()
def review() -> None:
    """Findings out for people to judge, and their decisions back in."""


@review.command("export")
@data_option
@click.option(
    "--assessment", "assessment_id", metavar="ID", help="Which one; the latest published if not given."
)
@click.option(
    "--out",
    type=_PATH,
    metavar="FILE",
    help="Where to write: .xlsx, or .csv (a file a table); DIR/reviews/ID.xlsx in the data directory if not given.",
)
def review_export(data: Path, assessment_id: str | None, out: Path | None) -> None:
    """Write the findings of an assessment, and the rows only people can judge, into a file to fill.

    Copies of the pages that findings stand on are put into a folder beside it, safe to open.

    Example: govcrawl review export --data data --out review.xlsx
    """
    from analytics.review.export import export  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415

    chosen = assessment_id or latest_assessment(data)
    for path in export(data, chosen, out or data / "reviews" / f"{chosen}.xlsx"):
        click.echo(path)


@review.command("import")
@click.argument("file", type=_PATH, metavar="FILE")
@data_option
@click.option("--by", required=True, metavar="NAME", help="Who decided, where no column 判定人 says it.")
@click.option("--at", type=_Moment(), metavar="TIME", help="When it was decided; now if not given.")
def review_import(file: Path, data: Path, by: str, at: datetime | None) -> None:
    """Check a filled review file and record its decisions, all of them or none.

    They count from the next assessment on: `load`, `publish`, `assess`, or the next night.

    Example: govcrawl review import review.xlsx --by 王敏 --data data
    """
    from analytics.review.intake import take_in  # noqa: PLC0415

    click.echo(take_in(data, file, by, at, _now()))


@govcrawl.command()
@data_option
@click.argument("notice_id", metavar="NOTICE")
def issue(data: Path, notice_id: str) -> None:
    """Freeze a written document under its number. It is never changed again; the ledger holds units to it.

    NOTICE is the name of its folder in `notices`. `load` and `publish` then show it to readers. A mistake is
    corrected by a new document whose campaign says `corrects = "…"`.

    Example: govcrawl issue --data data 2026-11-22-inspection-2019-1a2b3c4d-5e6f7a8b
    """
    from analytics.notices.issue import issue as do_issue  # noqa: PLC0415

    click.echo(do_issue(data, notice_id))


@govcrawl.command()
@click.option("--data", type=_PATH, metavar="DIR", help="Also look at this data directory.")
@setting_option
def doctor(data: Path | None, settings: Sequence[str]) -> int:
    """Say what this machine lacks for an inspection, and how to mend it. Exit code 1 when something needed is missing.

    Example: govcrawl doctor --data data -s CANARY_URLS=http://www.gov.cn/
    """
    from govcrawl.cli.doctor import examine  # noqa: PLC0415

    given = dict(setting.split("=", 1) for setting in settings).get("CANARY_URLS", "")
    canaries = [url for url in given.split(",") if url]
    healthy = True
    for sign in examine(data, canaries):
        mark = "ok" if sign.well else "MISSING" if sign.needed else "note"
        click.echo(f"{mark:<8}{sign.name}: {sign.found}" + ("" if sign.well else f". {sign.remedy}"))
        healthy &= sign.well or not sign.needed
    return 0 if healthy else WRONG_INPUT


if __name__ == "__main__":
    main()
