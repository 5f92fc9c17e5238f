"""The command `govcrawl`: the list of its subcommands, and their exit codes.

Each module of this folder holds a group of commands and is imported only when one of them runs; the commands import
what they need inside their functions. So `probe`, which runs every half hour, does not import pandas, and no reactor is
installed before a command that crawls.
"""

from __future__ import annotations

import errno
import logging
import signal
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from govcrawl.cli.options import WRONG_INPUT
from govcrawl.records.errors import PublishHeld, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXIT_HELD: Final = 3  # the publish gate held the run back; 2, click's own, is usage

COMMANDS: Final = {
    "registry": "registry",
    "discover": "registry",
    "probe": "crawling",
    "nightly": "crawling",
    "crawl": "crawling",
    "load": "warehouse",
    "publish": "warehouse",
    "export": "warehouse",
    "lake": "lake",
    "query": "query",
    "withdraw": "warehouse",
    "runs": "health",
    "status": "health",
    "prune": "retention",
    "assess": "judging",
    "notices": "documents",
    "issue": "documents",
    "ledger": "documents",
    "send": "mail",
    "figures": "figures",
    "sample": "figures",
    "compare": "figures",
    "review": "review",
    "evidence": "evidence",
    "recheck": "crawling",
    "page": "page",
    "text": "text",
    "doctor": "doctor",
}
"""Command, in the order of the help text → the module of this folder with the function of the same name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit the process with its exit code (0 to 3)."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; errors that the user can mend are printed without a traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with _terminable():
            return int(govcrawl.main(words, prog_name="govcrawl", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, _Terminated) as stop:
        number = stop.number if isinstance(stop, _Terminated) else signal.SIGINT
        click.echo("govcrawl: stopped; the same command takes up where this one was.", err=True)
        return 128 + number
    except PublishHeld as held:
        click.echo(
            f"govcrawl: held back: {held}. What was published before stays. Look at it, and if the "
            "measurement is right, release it with `govcrawl publish --data DIR --accept REASON --by NAME`.",
            err=True,
        )
        return EXIT_HELD
    except UserError as error:
        _tell(error, words)
        return WRONG_INPUT
    except BrokenPipeError:  # the reader of our output has closed it, like `head`
        sys.stdout = None
        return 0
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        remedy = " Make room, then run the same command again: it goes on." if full else ""
        _tell(UserError(f"{error.filename or 'system'}: {error.strerror or error}.{remedy}"), words, error)
        return WRONG_INPUT


def _tell(error: UserError, words: Sequence[str], cause: BaseException | None = None) -> None:
    if "--debug" in words:
        raise cause or error
    click.echo(f"govcrawl: {error}", err=True)


class _Terminated(BaseException):
    """Raised on SIGTERM, and on SIGHUP when the terminal is lost, so that `finally` blocks run; nothing may catch it as an error."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def _terminable() -> Iterator[None]:
    came: list[int] = []

    def stop(number: int, _frame: object) -> None:
        came.append(number)
        raise _Terminated(number)

    # Under nohup a lost terminal is no matter: what is ignored stays ignored.
    heeded = [
        each for each in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) is not signal.SIG_IGN
    ]
    before = {number: signal.signal(number, stop) for number in heeded}
    try:
        yield
    except KeyboardInterrupt as interrupt:
        if came:  # while a statement ran, where the exception of the handler is lost
            raise _Terminated(came[0]) from interrupt
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Commands(click.Group):
    """Imports a command from its module when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"govcrawl.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
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


if __name__ == "__main__":
    main()
