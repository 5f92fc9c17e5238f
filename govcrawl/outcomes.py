"""The closed vocabulary of what can come of a request, and the one table from exception or status to word."""

from enum import StrEnum


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
