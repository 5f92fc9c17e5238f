"""Closed vocabularies besides outcomes: how a crawl ends, and the states of findings, faults, rows and re-checks.

docs/glossary.md explains findings, faults and rows.
"""

from __future__ import annotations

from enum import StrEnum

from govcrawl.records.vocabulary import WordSet


class FinishReason(StrEnum):
    """How a run, or the visit of one site in a run, ended."""

    FINISHED = "finished"  # every task, or all of the site, was done
    BUDGET_SPENT = "budget_spent"  # addresses were found that were not requested
    HOME_UNREACHABLE = "home_unreachable"  # of a visit: the home page did not answer
    CRASHED = "crashed"  # of a visit: it ended in an error of ours, or was given up
    OUT_OF_TIME = "out_of_time"  # of a visit: the night was over before it was begun


REACHED = WordSet(
    "The site answered, if not to the end; asked by the publish gate and researchers.",
    *(FinishReason.FINISHED, FinishReason.BUDGET_SPENT),
)


class NightState(StrEnum):
    """How far a night of `govcrawl nightly` came, as `nights/<night_id>.json` writes it."""

    RUNNING = "running"  # or its process died: the file says so until a later command notices
    FINISHED = "finished"
    HELD = "held"  # the publish gate held its data back
    FAILED = "failed"
    CUT_OFF = "cut off"  # the process died without a word; a later command noticed
    STOPPED = "stopped"  # by Ctrl-C or SIGTERM


BROKEN_OFF = WordSet(
    "It ended without a result that is shown; asked by the pages of the office, which then say that they are not of today.",
    *(NightState.HELD, NightState.FAILED, NightState.CUT_OFF, NightState.STOPPED),
)


class LeftOut(StrEnum):
    """Why an address that was found on a site was not requested."""

    MAX_DEPTH = "max_depth"
    LONG_ADDRESS = "long_address"
    REPEATED_SEGMENT = "repeated_segment"  # a relative link that repeats its own folder: /a/a/a/…
    TEMPLATE = "template"  # enough pages were read whose addresses differ in digits only
    MAX_PAGES = "max_pages"
    MAX_BYTES = "max_bytes"
    MAX_SECONDS = "max_seconds"
    MAX_LINKS = "max_links"  # not kept at all, for so many were; one on several pages counts on each


BUDGETS = WordSet(
    "The budget of the site was used up, so the visit did not come to its end; asked by the site spider.",
    *(LeftOut.MAX_PAGES, LeftOut.MAX_BYTES, LeftOut.MAX_SECONDS),
)


class ReadState(StrEnum):
    """How far a page was read. Absence is concluded only from pages with the state `read`."""

    READ = "read"  # it showed content, and our reader reached its end
    NOTHING_SHOWN = "nothing_shown"  # only scripts, an empty frame, or too little content for such a page
    UNREADABLE = "unreadable"  # our reader failed
    CUT = "cut"  # larger than our limits, with more links than we keep, or not drawn to its end: the rest was not read
    NOT_A_PAGE = "not_a_page"  # a file of another type, whatever its header says


class TextState(StrEnum):
    """How far a text was looked at for what is wrong in it."""

    READ = "read"  # to its end
    CUT = "cut"  # longer than our limit: the rest was not looked at
    CROWDED = "crowded"  # so many places that the rest were only counted
    UNREADABLE = "unreadable"  # our reader failed, or the file cannot be opened


LOOKED_THROUGH = WordSet(
    "The text was looked at to its end; what is not found in it is not there. Asked by the checks of texts.",
    *(TextState.READ, TextState.CROWDED),
)


class FileState(StrEnum):
    """What became of a file whose text is wanted."""

    READ = "read"  # its text, to the end
    PICTURED = "pictured"  # pages of it are pictures only, as of a scan; the text of the others was read
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"  # packed, unpacked or in characters
    UNREADABLE = "unreadable"  # broken, or it took our parser too long or too much memory
    OTHER = "other"  # of a kind that is not read: an archive, an old DOC
    NOT_FETCHED = "not_fetched"  # its host did not send it when it was asked


class Purpose(StrEnum):
    """The purpose of a run."""

    ROUND = "round"  # from the timer: its probes count towards the week
    NIGHTLY = "nightly"  # it speaks for its day
    RECHECK = "recheck"  # it looks at open faults only


class FindingState(StrEnum):
    """The state of one finding in one assessment."""

    FOUND = "found"  # by the machine
    AWAITING = "awaiting"  # a person must confirm it first
    CONFIRMED = "confirmed"  # by a person
    DISMISSED = "dismissed"  # by a person: a false alarm
    EXPLAINED = "explained"  # by a person: correct, and excused


REPORTED = WordSet(
    "It counts: scoring, documents and figures ask for these only.",
    *(FindingState.FOUND, FindingState.CONFIRMED),
)
DECIDED = WordSet(
    "What a person can say of a finding; asked by the records of decisions.",
    *(FindingState.CONFIRMED, FindingState.DISMISSED, FindingState.EXPLAINED),
)
RIGHT_OR_WRONG = WordSet(
    "It says whether the check was right; what is explained was found rightly and says nothing against it. Asked by the"
    " precision of checks.",
    *(FindingState.CONFIRMED, FindingState.DISMISSED),
)


class LedgerState(StrEnum):
    """The state of one fault in the ledger."""

    NEW = "new"  # found for the first time
    OPEN = "open"  # still there, or not measured again
    REOPENED = "reopened"  # it was mended and is back
    OVERDUE = "overdue"  # its day for mending has passed
    FIXED = "fixed"  # a measurement proved it
    DISMISSED = "dismissed"  # a person called it a false alarm
    EXPLAINED = "explained"  # a person excused it
    CLOSED = "closed"  # its site or section is no longer in the registry


STANDING = WordSet(
    "Somebody still has to mend it; asked by documents, re-checks and the page of a site.",
    *(LedgerState.NEW, LedgerState.OPEN, LedgerState.REOPENED, LedgerState.OVERDUE),
)
SETTLED = WordSet(
    "It ended without being mended; asked of the faults units were told of.",
    *(LedgerState.DISMISSED, LedgerState.EXPLAINED, LedgerState.CLOSED),
)


class Standing(StrEnum):
    """What became of a fault that an earlier document reported, as a circular puts it."""

    FIXED = "fixed"  # a measurement proved it
    OPEN = "open"  # still there
    OVERDUE = "overdue"  # still there after the day by which it was to be mended
    SETTLED = "settled"  # a person dismissed or explained it, or its site was closed
    UNCHECKED = "unchecked"  # it could not be measured again


class RowState(StrEnum):
    """The result of one indicator for one site or account."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNMEASURED = "unmeasured"
    MANUAL = "manual"  # people must look


DECIDED_ROW = WordSet(
    "What a person can say of a row; asked by the records of decisions.",
    *(RowState.PASS, RowState.FAIL),
)


class Verdict(StrEnum):
    """The result for a whole site or account."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    UNMEASURED = "unmeasured"


CHECKED = WordSet(
    "There is a verdict: the denominator of the rate (合格率), asked by figures and documents.",
    *(Verdict.QUALIFIED, Verdict.UNQUALIFIED),
)


class RecheckAnswer(StrEnum):
    """The result of a re-check for one fault."""

    MENDED = "mended"
    STILL = "still"
    UNMEASURED = "unmeasured"
