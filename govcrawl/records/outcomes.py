"""The outcomes of a request: a closed vocabulary, its sets, and the tables from exception or HTTP status to outcome.

docs/outcomes.md explains each word: its meaning, what it counts as, and what to do about it. The tables name
exception classes by text instead of importing them, so that this module does not need Scrapy.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from govcrawl.records.compression import zstd
from govcrawl.records.vocabulary import WordSet

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    OK = "ok"
    REDIRECT_OFFSITE = "redirect_offsite"
    NOT_FOUND = "not_found"
    GONE = "gone"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    DNS_FAILURE = "dns_failure"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS_ERROR = "tls_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    SOFT_NOT_FOUND = "soft_not_found"
    BLOCKED = "blocked"
    ROBOTS_DENIED = "robots_denied"
    BUDGET_SPENT = "budget_spent"
    RENDER_FAILED = "render_failed"
    NOT_ATTEMPTED = "not_attempted"
    OTHER = "other"


class StandIn(StrEnum):
    """What stands in for a page that is not there, where its host answers 200 (`soft_not_found`): what was seen, no more."""

    SAYS_NONE = (
        "says_none"  # it says that there is no such page, and so does what comes for a made-up address
    )
    SAME_FOR_ANY = "same_for_any"  # it shows what comes for a made-up address
    FRONT_PAGE = "front_page"  # it shows the front page, and so does what comes for a made-up address
    NOT_THE_FILE = "not_the_file"  # words, where a file of another kind was promised


# Every word is in exactly one of OPENED, FAILED and OURS. The other sets are smaller; each names who uses it.

OPENED = WordSet(
    "The address gives a reader something, be it another host's page or more than we care to read; asked by the checks on"
    " links and on reach, and by re-checks.",
    *(Outcome.OK, Outcome.REDIRECT_OFFSITE, Outcome.TOO_LARGE),
)
OURS = WordSet(
    "Refused to us, cut short by us, or failed on our side: it says nothing of what a reader meets, so it is neither a"
    " failure nor a success; asked by the week of probes and the summary of a night.",
    *(Outcome.BLOCKED, Outcome.ROBOTS_DENIED, Outcome.BUDGET_SPENT),
    *(Outcome.RENDER_FAILED, Outcome.NOT_ATTEMPTED, Outcome.OTHER),
)
DEAD = WordSet(
    "The failure is the target's own, so two such answers of one night prove a dead link; asked by the checks on links.",
    *(Outcome.NOT_FOUND, Outcome.GONE, Outcome.SOFT_NOT_FOUND, Outcome.CLIENT_ERROR),
    *(Outcome.DNS_FAILURE, Outcome.REFUSED, Outcome.REDIRECT_LOOP),
)
NO_RESULT = WordSet(
    "No reader gets anything from it, though it may pass; a timeout may be our line. Asked of the search of a site and"
    " of a portal's assistant.",
    *DEAD,
    Outcome.SERVER_ERROR,
)
CONCLUSIVE = WordSet(
    "The address itself answered so, or cannot be reached by anybody: not our line. Asked of the nights before a 5xx,"
    " and of the sections a crawl proposes.",
    *NO_RESULT,
    Outcome.EMPTY,
)
MAY_BE_OURS = WordSet(
    "The connection failed on its way, which may be our line however often it happens: never a proof. Asked by nobody"
    " but FAILED.",
    *(Outcome.RESET, Outcome.TIMEOUT, Outcome.TLS_ERROR),
)
FAILED = WordSet(
    "A second attempt could clear or confirm it; asked by every spider that tries again.",
    *CONCLUSIVE,
    *MAY_BE_OURS,
)
AT_ONCE = WordSet(
    "An answer about the page, not about the way to it: a second attempt confirms it without waiting. Asked by the"
    " links spider.",
    *(Outcome.NOT_FOUND, Outcome.GONE),
)
ABSENT = WordSet(
    "There is no such page, and the host is alive to say so; asked of the address of a required section.",
    *(Outcome.NOT_FOUND, Outcome.GONE, Outcome.SOFT_NOT_FOUND),
)
NOTHING_THERE = WordSet(
    "Neither page nor host answers there, without any reading of ours; asked of the ways to consult a home page links to.",
    *(Outcome.NOT_FOUND, Outcome.GONE, Outcome.DNS_FAILURE, Outcome.REFUSED),
)
SHUT = WordSet(
    "What a host without a door for IPv6 looks like; anything else is not told apart from trouble on the way.",
    *(Outcome.REFUSED, Outcome.TIMEOUT, Outcome.RESET),
)
REFUSALS = WordSet(
    "The site turns us away; asked by the page on the health of the crawl.",
    *(Outcome.BLOCKED, Outcome.ROBOTS_DENIED),
)
OF_THE_HOST = WordSet(
    "A robots.txt that failed so tells of the whole host, which any of its pages would meet as well; asked by the"
    " middleware that reads robots.txt.",
    *(Outcome.DNS_FAILURE, Outcome.REFUSED, Outcome.TLS_ERROR, Outcome.NOT_ATTEMPTED),
)
ON_THE_WAY = WordSet(
    "A robots.txt that failed so forbids nothing; what is not asked for because of it ends with this word. Asked by the"
    " middleware that reads robots.txt.",
    *(Outcome.RESET, Outcome.TIMEOUT),
)
TELLING = WordSet(
    "It says what became of a page; whatever else happens leaves open what stands on it, and the visit incomplete. Asked by"
    " the spiders that read pages.",
    *(Outcome.OK, Outcome.REDIRECT_OFFSITE, Outcome.NOT_FOUND, Outcome.GONE, Outcome.SOFT_NOT_FOUND),
)
BEFORE_HTTP = WordSet(
    "It failed before a word of HTTP was spoken; when nearly all hosts do, we are offline. Asked at load of each run.",
    *(Outcome.DNS_FAILURE, Outcome.REFUSED, Outcome.RESET, Outcome.TIMEOUT, Outcome.TLS_ERROR, Outcome.OTHER),
)
NOT_ASKED = WordSet(
    "Nothing was sent to the host, so it says nothing of our line either; asked at load of each run.",
    *(Outcome.NOT_ATTEMPTED, Outcome.ROBOTS_DENIED, Outcome.BUDGET_SPENT),
)
OURS_WHEN_OFFLINE = WordSet(
    "Otherwise a proof, but not in a run in which we were offline; asked by the view of links.",
    *(Outcome.DNS_FAILURE, Outcome.REFUSED),
)


LONGEST_ERROR: Final = 300
"""Characters of an error in a record; servers and addresses can make it as long as they like."""


class RequestEnded(Exception):  # noqa: N818 - a robots.txt that says no is not an error
    """Raised by a middleware to end a request before it is answered, with the outcome to record.

    `final_url` and `status` are those of the last hop, if known; `error` is the explanation in words, cut to LONGEST_ERROR.
    """

    def __init__(
        self, outcome: Outcome, error: str, *, final_url: str | None = None, status: int | None = None
    ) -> None:
        self.outcome = outcome
        self.error = error[:LONGEST_ERROR]
        super().__init__(self.error)
        self.final_url = final_url
        self.status = status


# Refusals, and the statuses with which Chinese firewalls answer robots: they do not tell whether the page exists.
BLOCKED_STATUSES = frozenset({401, 403, 405, 412, 418, 429, 521})
# Between 400 and 499 those that a standard gives to servers; firewalls invent others (444, 468, 493).
_OF_STANDARD = (*range(400, 419), *range(421, 427), 428, 429, 431, 451)

# A failure may carry several exceptions (one from Twisted's socket, one from Scrapy around it). The earlier
# line of this table wins, so the specific ones come before the general ones.
EXCEPTIONS: dict[str, Outcome] = {
    "govcrawl.network.tls.CertificateRefused": Outcome.TLS_ERROR,
    "scrapy.exceptions.CannotResolveHostError": Outcome.DNS_FAILURE,
    "scrapy.exceptions.DownloadConnectionRefusedError": Outcome.REFUSED,
    "scrapy.exceptions.DownloadTimeoutError": Outcome.TIMEOUT,
    "scrapy.utils._compression._DecompressionMaxSizeExceeded": Outcome.TOO_LARGE,
    "scrapy.exceptions.DownloadCancelledError": Outcome.TOO_LARGE,  # raised only for DOWNLOAD_MAXSIZE
    "scrapy.exceptions.UnsupportedURLSchemeError": Outcome.NOT_ATTEMPTED,
    "OpenSSL.SSL.SysCallError": Outcome.RESET,  # the peer hung up in the middle of the handshake
    "OpenSSL.SSL.Error": Outcome.TLS_ERROR,
    "twisted.internet.error.TimeoutError": Outcome.TIMEOUT,
    "twisted.internet.error.TCPTimedOutError": Outcome.TIMEOUT,
    "twisted.internet.error.NoRouteError": Outcome.OTHER,  # our own network is down
    "twisted.internet.error.ConnectError": Outcome.REFUSED,  # host unreachable and similar
    "twisted.internet.error.ConnectionLost": Outcome.RESET,
    "twisted.internet.error.ConnectionDone": Outcome.RESET,
    "twisted.internet.error.ConnectionAborted": Outcome.RESET,
    "scrapy.exceptions.ResponseDataLossError": Outcome.RESET,
    # The body could not be unpacked: for a reader the same as a broken transfer.
    "zlib.error": Outcome.RESET,
    "gzip.BadGzipFile": Outcome.RESET,
    "brotli.error": Outcome.RESET,
    f"{zstd.ZstdError.__module__}.{zstd.ZstdError.__qualname__}": Outcome.RESET,
    "builtins.EOFError": Outcome.RESET,
    "playwright._impl._errors.Error": Outcome.RENDER_FAILED,
    "builtins.ConnectionRefusedError": Outcome.REFUSED,
    "builtins.ConnectionResetError": Outcome.RESET,
    "asyncio.exceptions.IncompleteReadError": Outcome.RESET,
    "ssl.SSLError": Outcome.TLS_ERROR,
    "builtins.TimeoutError": Outcome.TIMEOUT,
}
_PRECEDENCE = {name: place for place, name in enumerate(EXCEPTIONS)}


def of_status(status: int, *, challenge: bool = False) -> Outcome:
    """The outcome for an HTTP status. `challenge`: headers and body show the test page of a firewall."""
    if challenge or status in BLOCKED_STATUSES or (400 <= status < 500 and status not in _OF_STANDARD):
        return Outcome.BLOCKED
    match status:
        case 404:
            return Outcome.NOT_FOUND
        case 410:
            return Outcome.GONE
        case _ if 200 <= status < 300:
            return Outcome.OK
        case _ if 400 <= status < 500:
            return Outcome.CLIENT_ERROR
        case _ if 500 <= status < 600:
            return Outcome.SERVER_ERROR
    logger.warning("status %s has no outcome of its own: other", status)
    return Outcome.OTHER


def of_exception(exception: BaseException) -> tuple[Outcome, str]:
    """The outcome for a request that ended in `exception`, and a description of what went wrong."""
    if isinstance(exception, RequestEnded):
        return exception.outcome, exception.error
    found: tuple[int, BaseException] | None = None
    for one in all_of(exception):
        for cls in type(one).__mro__:
            place = _PRECEDENCE.get(f"{cls.__module__}.{cls.__qualname__}")
            if place is not None and (found is None or place < found[0]):
                found = place, one
    if found is None:
        logger.warning("no outcome for %s (%s): other", type(exception).__qualname__, exception)
        return Outcome.OTHER, _in_words(exception)
    name = next(name for name, place in _PRECEDENCE.items() if place == found[0])
    return EXCEPTIONS[name], _in_words(found[1])


def all_of(exception: BaseException) -> Iterator[BaseException]:
    """An exception, its causes, and the failures that Twisted packs inside it (`ResponseFailed.reasons`)."""
    waiting, seen = [exception], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [reason.value for reason in getattr(one, "reasons", ()) or () if hasattr(reason, "value")]
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]


def _in_words(exception: BaseException) -> str:
    """Class and message of an exception, cut to a length that fits a record."""
    return f"{type(exception).__name__}: {exception}"[:LONGEST_ERROR]
