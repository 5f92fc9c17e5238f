"""Addresses: one normal form for each target, and the question whether it belongs to a site.

The normal form is what links are told apart by and what is requested. It follows the browser (WHATWG URL)
where a browser would repair an address, and goes further where government CMSs print several addresses for
one page: session ids, default ports, fragments, escaped ampersands.

Nothing here raises, whatever the page wrote, and every rule is linear in the length of the address.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import idna

from govcrawl.domains import registrable_domain
from govcrawl.invisible import BLANKS, INVISIBLE

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

# Characters a browser takes off both ends, and those editors paste along with an address.
_ENDS: Final = "".join(map(chr, range(0x20))) + "\x7f\u2028\u2029" + BLANKS + INVISIBLE
_INNER_CONTROLS: Final = re.compile(r"[\t\n\r\x00]+")
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_ESCAPED_AMPERSAND: Final = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_PERCENT: Final = re.compile(r"%([0-9a-fA-F]{2})")
_PERCENT_SIGN: Final = re.compile(r"%([0-9a-fA-F]{2})?")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPES: Final = tuple(chr(octet) if chr(octet) in _UNRESERVED else f"%{octet:02X}" for octet in range(256))
_ILLEGAL_IN_PATH: Final = re.compile(r"[^!$%&'()*+,\-./0-9:;=@A-Z_a-z~\[\]|]+")
_ILLEGAL_IN_QUERY: Final = re.compile(r"[^!$%&'()*+,\-./0-9:;=?@A-Z_a-z~\[\]|{}^`\\]+")
_HOST_NAME: Final = re.compile(r"(?!-)[a-z0-9_\-]{1,63}(?:\.[a-z0-9_\-]{1,63})*")
_NUMERIC_HOST: Final = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_LONGEST_AUTHORITY: Final = 1024  # a host name has at most 253 characters, escaped ones take up to nine each
_DOTS_OF_IDN: Final = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})

# Session ids servers write into the path behind a semicolon: the name decides, the value is free.
SESSION_PATH_PARAMETERS: Final = ("jsessionid", "phpsessid", "sessionid", "sid")
# Query parameters that are a session whatever their value.
SESSION_PARAMETERS: Final = re.compile(
    r"jsessionid|phpsessid|aspsessionid[a-z]*|asp\.net_sessionid|cfid|cftoken|oscsid|zenid|sessionid|session_id",
    re.IGNORECASE,
)
# Words that also name things a page needs (`sid=12` is a site): only a value that looks drawn by lot counts.
TOKEN_PARAMETERS: Final = re.compile(
    r"sid|s_id|_sid|session|sess|sesskey|token|_token|csrf|_csrf|csrftoken|csrf_token|access_token|authtoken",
    re.IGNORECASE,
)
_DRAWN_BY_LOT: Final = re.compile(r"(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])[a-z0-9_.~\-]{16,}", re.IGNORECASE)
_SESSION_IN_PATH: Final = re.compile(r";(?:" + "|".join(SESSION_PATH_PARAMETERS) + r")=[^;/]*", re.IGNORECASE)

_FRONT_PAGE: Final = re.compile(r"[a-z]+://[^/]*/?(?:(?:index|default|main|home)\.\w+)?", re.IGNORECASE)
_LOOPBACK_NAMES: Final = (".localhost",)
_INTRANET_NAMES: Final = (".local", ".lan", ".internal", ".intranet", ".localdomain", ".home.arpa")

_INTRANET: Final = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"),
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in parts, each part normal; `port` is None where the scheme implies it."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}"


def clean(reference: str) -> str:
    """Strip a reference of the white space and control characters a browser would ignore."""
    return _INNER_CONTROLS.sub("", reference).strip(_ENDS)


def scheme_of(reference: str) -> str:
    """Scheme in lower case, empty for a relative reference."""
    found = _SCHEME.match(reference)
    return found[1].lower() if found else ""


def split(url: str, charset: str = "utf-8") -> Address | None:
    """Take apart an absolute http(s) address; None where no client could request it.

    `charset` is that of the page: browsers write the query, and only the query, in it.
    """
    url = clean(url)
    scheme = scheme_of(url)
    if scheme not in DEFAULT_PORTS:
        return None
    rest = url[len(scheme) + 1 :].partition("#")[0]
    before_query, _, query = rest.partition("?")
    before_query = before_query.replace("\\", "/")
    if not before_query.startswith("//"):
        return None
    authority, slash, path = before_query[2:].partition("/")
    authority = authority.rpartition("@")[2]
    located = _host_and_port(authority) if len(authority) <= _LONGEST_AUTHORITY else None
    if located is None:
        return None
    host, port = located
    return Address(
        scheme=scheme,
        host=host,
        port=None if port == DEFAULT_PORTS[scheme] else port,
        path=_normal_path(slash + path),
        query=_normal_query(query, charset),
    )


def normalise(url: str, charset: str = "utf-8") -> str:
    """Write an address so that each target has one text; normal addresses stay as they are.

    What is no http(s) address with a host comes back as written, without surrounding white space.
    """
    address = split(url, charset)
    return clean(url) if address is None else str(address)


def directory_of(url: str) -> str:
    """Cut an address after the last slash of its path: what relative references are joined to."""
    before_query = url.partition("#")[0].partition("?")[0]
    start = before_query.find("://") + 3
    slash = before_query.rfind("/")
    return before_query[: slash + 1] if slash >= start else before_query + "/"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as written."""
    start = url.find("://") + 3
    ends = [end for end in (url.find(mark, start) for mark in "/?#") if end >= 0]
    return url[: min(ends)] if ends else url


def is_front_page(url: str) -> bool:
    """Whether an address is that of its host's front page: no path, or nothing but an index file."""
    return _FRONT_PAGE.fullmatch(url.partition("#")[0].partition("?")[0]) is not None


def join(base: str, reference: str) -> str:
    """Build the absolute address a browser would go to, not yet normal; `base` is a normal address."""
    reference = clean(reference)
    scheme = scheme_of(reference)
    if scheme:
        same_scheme = scheme in DEFAULT_PORTS and base.startswith(scheme + ":")
        after = reference[len(scheme) + 1 :]
        if not same_scheme or after[:2].replace("\\", "/") == "//":
            return reference
        reference = after  # `http:page.htm`: browsers read it as relative, to a base of the same scheme
    if not reference:
        return base
    head = reference[:2].replace("\\", "/")
    if head == "//":
        return base.partition(":")[0] + ":" + reference
    if head[0] == "/":
        return origin_of(base) + reference
    if head[0] == "?":
        return base.partition("#")[0].partition("?")[0] + reference
    if head[0] == "#":
        return base.partition("#")[0] + reference
    return directory_of(base) + reference


@lru_cache(maxsize=65536)
def bare_host(host: str) -> str:
    """Host without the `www.` in front, where something registrable remains.

    `www.x.gov.cn` and `x.gov.cn` are one site; `www.gov.cn` is no suffix of its own and stays.
    """
    rest = host.removeprefix("www.")
    return rest if rest != host and registrable_domain(rest) else host


def site_key(url: str) -> str:
    """Key that all addresses of one site share: host without `www.`, and the port where it is not the usual one.

    A department (`dep.x.gov.cn`) is another site than its city's portal, and so is another port.
    Empty for what is no http(s) address.
    """
    address = split(url)
    return "" if address is None else site_key_of(address)


def site_key_of(address: Address) -> str:
    """Site key of an address already split."""
    host = bare_host(address.host)
    return host if address.port is None else f"{host}:{address.port}"


def is_internal(url: str, home_url: str) -> bool:
    """Whether `url` belongs to the site whose home page is `home_url`."""
    key = site_key(url)
    return bool(key) and key == site_key(home_url)


def network_of(host: str) -> str | None:
    """`loopback` or `intranet` where the public cannot reach the host whatever its state, else None."""
    if host == "localhost" or host.endswith(_LOOPBACK_NAMES):
        return "loopback"
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "intranet" if "." not in host or host.endswith(_INTRANET_NAMES) else None
    if number.is_loopback or number.is_unspecified:
        return "loopback"
    return "intranet" if any(number in network for network in _INTRANET) else None


@lru_cache(maxsize=65536)
def _host_and_port(authority: str) -> tuple[str, int | None] | None:
    if authority.startswith("["):
        literal, bracket, tail = authority.partition("]")
        host, port = literal + bracket, tail.removeprefix(":")
        if tail and not tail.startswith(":"):
            return None
    else:
        host, _, port = authority.partition(":")
    if port and not (port.isascii() and port.isdigit() and int(port[:9]) <= 65535 and len(port) <= 9):
        return None
    normal = _normal_host(host)
    return None if normal is None else (normal, int(port) if port else None)


def _normal_host(host: str) -> str | None:
    if host.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(host[1:-1])}]"
        except ValueError:
            return None
    host = _percent_decoded(host).translate(_DOTS_OF_IDN).lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    host = host.removesuffix(".")
    if len(host) > 253 or not _HOST_NAME.fullmatch(host):
        return None
    if _NUMERIC_HOST.fullmatch(host):
        # Browsers read `2130706433` and `0x7f.1` as 127.0.0.1.
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return None
    return host


def _percent_decoded(text: str) -> str:
    if "%" not in text:
        return text
    octets = _PERCENT.sub(lambda found: chr(int(found[1], 16)), text)
    try:
        return octets.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _normal_path(path: str) -> str:
    path = _ILLEGAL_IN_PATH.sub(lambda run: _escaped(run[0], "utf-8"), _normal_percents(path))
    path = _ESCAPED_AMPERSAND.sub("&", path)
    if ";" in path:
        path = _SESSION_IN_PATH.sub("", path)
    return _without_dots(path) if "/." in path else path or "/"


def _normal_query(query: str, charset: str) -> str:
    if not query:
        return ""
    query = _ILLEGAL_IN_QUERY.sub(lambda run: _escaped(run[0], charset), _normal_percents(query))
    query = _ESCAPED_AMPERSAND.sub("&", query)
    fields = [field for field in query.split("&") if not _is_session(field)]
    kept = [field for field in fields if not _is_token(field)]
    # A token that stands alone is what names the file: `download?token=…`.
    return "&".join(kept if any(kept) else fields)


def _is_session(field: str) -> bool:
    return bool(SESSION_PARAMETERS.fullmatch(field.partition("=")[0]))


def _is_token(field: str) -> bool:
    name, _, value = field.partition("=")
    return bool(TOKEN_PARAMETERS.fullmatch(name) and _DRAWN_BY_LOT.fullmatch(value))


def _normal_percents(text: str) -> str:
    """Write escapes in capitals, needless ones out, and `%25` for a sign that escapes nothing.

    Bytes of any charset survive: only ASCII letters, digits and `-._~` are written out.
    """
    if "%" not in text:
        return text
    return _PERCENT_SIGN.sub(_normal_percent, text)


def _normal_percent(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    return _ESCAPES[int(found[1], 16)]


def _escaped(text: str, charset: str) -> str:
    if charset.lower().startswith("utf"):
        charset = "utf-8"  # browsers write no query in UTF-16, and a byte order mark has no place in one
    try:
        octets = text.encode(charset, "xmlcharrefreplace")
    except (LookupError, UnicodeError):
        octets = text.encode("utf-8", "replace")
    return "".join(_ESCAPES[octet] for octet in octets)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
