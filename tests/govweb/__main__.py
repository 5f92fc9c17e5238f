"""`python -m tests.govweb`: serve the simulated web by hand, print its confession, play the demo, compare two."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from tests.govweb.confession import NIGHTS, SHANGHAI
from tests.govweb.demo import play
from tests.govweb.differences import differences
from tests.govweb.web import serve


def _yesterday() -> str:
    return str(datetime.now(SHANGHAI).date() - timedelta(days=1))


_day = click.option(
    "--day",
    default=_yesterday,
    show_default="yesterday",
    help="The first night, YYYY-MM-DD.",
    callback=lambda _c, _p, text: date.fromisoformat(text),
)


@click.group(help=__doc__)
def main() -> None:
    """See the module's docstring."""


@main.command("serve")
@_day
@click.option("--offset", default=0, help="Which night to show: 0 the first, 1 the next.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where registry, CA and resolve file go.")
def serve_command(day: date, offset: int, folder: Path | None) -> None:
    """Serves the web on one night until Enter is pressed."""
    with serve(day, folder or Path(tempfile.mkdtemp(prefix="govweb-"))) as web:
        click.echo(f"registry      {web.registry_dir}")
        click.echo(f"resolve file  {web.night(offset)}")
        click.echo(f"authority     {web.ca_file}  (SSL_CERT_FILE)")
        click.pause("Press Enter to end.")


@main.command("confess")
@_day
@click.option("--offset", default=0, help="Which night: 0 the first, 1 the next.")
def confess_command(day: date, offset: int) -> None:
    """Prints the findings a night must produce."""
    with tempfile.TemporaryDirectory() as folder, serve(day, Path(folder)) as web:
        for finding in sorted(web.confessed(offset)):
            click.echo(f"{finding.site_code}  {finding.check_id:<16} {finding.subject_url}")


@main.command("demo")
@_day
@click.option("--data", type=click.Path(path_type=Path), default=Path("data/demo"), show_default=True)
@click.option("--nights", type=click.IntRange(1, len(NIGHTS)), default=2, show_default=True)
def demo_command(day: date, data: Path, nights: int) -> None:
    """Inspects the prefecture: a week of probes and a night, then for each further night a day of probes before it."""
    play(day, data, nights)


@main.command("differences")
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--most", default=5, show_default=True, help="Rows shown of each view and night.")
def differences_command(before: Path, after: Path, most: int) -> None:
    """Compares what two versions published of the same nights: BEFORE and AFTER are data directories of demos."""
    for difference in differences(before, after):
        for line in difference.lines(most):
            click.echo(line)


if __name__ == "__main__":
    main()
