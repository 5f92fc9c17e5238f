"""The rules of `--resolve HOST:PORT:ADDRESS[:PORT2]`, for Scrapy and for Chromium alike.

As with curl's option, a rule directs one name and port to another address (and port), to inspect a staging server
under its real name. Certificates and the Host header keep the original name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RULE: Final = re.compile(
    r"(?P<host>[^\s:\[\]]+):(?P<port>\d+):(?P<address>\[[^\s\[\]]+\]|[^\s:\[\]]+)(?::(?P<port2>\d+))?"
)
_LONGEST_ARGUMENT: Final = 120_000  # characters; Linux takes 128 KiB for one


@dataclass(frozen=True, slots=True)
class Rule:
    """Connections to `host`:`port` go to `address`:`to_port` instead."""

    host: str  # lower case, punycode
    port: int
    address: IPv4Address | IPv6Address
    to_port: int

    def __str__(self) -> str:
        address = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        return f"{self.host}:{self.port}:{address}:{self.to_port}"


def parse_resolve(values: Iterable[str]) -> tuple[Rule, ...]:
    """Parse `HOST:PORT:ADDRESS[:PORT2]` values; `@FILE` is a file with one rule per line. UserError for a wrong one.

    Blank lines and lines that begin with `#` are skipped. A name and port may have one IPv4 and one IPv6 address,
    which then comes second; of two rules for the same name, port and family the later wins.
    """
    rules: dict[tuple[str, int, int], Rule] = {}
    for value in values:
        lines = _lines_of(Path(value[1:])) if value.startswith("@") else [("--resolve", value)]
        for where, text in lines:
            rule = _rule(text, where)
            rules[rule.host, rule.port, rule.address.version] = rule
    return tuple(sorted(rules.values(), key=lambda rule: rule.address.version))


def _lines_of(path: Path) -> list[tuple[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"--resolve @{path}: cannot be read: {error}. Name a UTF-8 text file.") from error
    return [
        (f"{path} line {number}", line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _rule(text: str, where: str) -> Rule:
    def wrong(what: str) -> UserError:
        return UserError(f"{where}: {text!r}: {what}. Write HOST:PORT:ADDRESS[:PORT2], IPv6 in brackets.")

    match = _RULE.fullmatch(text.strip())
    if match is None:
        raise wrong("not a resolve rule")
    try:
        host = match["host"].rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise wrong("not a host name") from error
    if "," in host:  # commas separate the rules in the RESOLVE setting
        raise wrong("not a host name")
    try:
        address = ip_address(match["address"].strip("[]"))
    except ValueError as error:
        raise wrong(f"{match['address']} is not an IP address") from error
    ports = int(match["port"]), int(match["port2"] or match["port"])
    if not all(0 < port < 65536 for port in ports):
        raise wrong("a port is a number from 1 to 65535")
    return Rule(host, ports[0], address, ports[1])


def as_setting(rules: Iterable[Rule]) -> str:
    """Write rules as the RESOLVE setting, which a crawling process gets on its command line; UserError if too long."""
    text = ",".join(map(str, rules))
    if len(text) > _LONGEST_ARGUMENT:
        raise UserError(
            f"--resolve: {text.count(',') + 1} rules are more than a process can be told; put them into one file and name "
            "it with -s RESOLVE=@FILE instead"
        )
    return text


def rules_of(settings: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules of the RESOLVE setting: rules separated by commas, or one `@FILE`."""
    value = settings.get("RESOLVE") or ()
    if isinstance(value, str):
        value = (value,) if value.startswith("@") and Path(value[1:]).is_file() else value.split(",")
    return _parsed_once(tuple(value))


@lru_cache(maxsize=1)
def _parsed_once(values: tuple[str, ...]) -> tuple[Rule, ...]:
    return parse_resolve(values)
