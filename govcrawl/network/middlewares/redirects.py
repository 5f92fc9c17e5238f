"""Follows redirects as a reader's browser does, within the site, the hop limit and the time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from govcrawl.network.requests import Journey, RequestPurpose, journey_of, next_hop, on_site
from govcrawl.records.outcomes import Outcome, RequestEnded

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FollowRedirects:
    """Turns a redirect into the next request of the same journey, or ends the journey with an outcome.

    A page that moved to another site is not fetched there. A home page is, because its visitors arrive there; its
    outcome is redirect_offsite only when the other site's page opens. Cookies are kept for the chain, since some
    firewalls set one and redirect to the same address.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:
        location = response.headers.get("Location")
        if response.status not in _REDIRECTS or not location:
            return response
        journey = journey_of(request)
        target = _target(request.url, location, response.status)
        journey.redirects.append(request.url)
        if len(journey.redirects) > journey.max_redirects:
            raise _ended(
                Outcome.REDIRECT_LOOP, f"more than {journey.max_redirects} redirects", target, response
            )
        if journey.purpose is RequestPurpose.PAGE and not on_site(target, journey):
            raise _ended(Outcome.REDIRECT_OFFSITE, f"redirects to {target}", target, response)
        cookies = _cookies_after(journey, request.url, target, response)
        if target in journey.redirects and cookies == journey.cookies:
            raise _ended(Outcome.REDIRECT_LOOP, "redirects in a circle", target, response)
        journey.cookies = cookies
        return next_hop(request, target, response.status)


def _target(url: str, location: bytes, status: int) -> str:
    try:
        target = urljoin(url, safe_url_string(location.strip()))
        parts = urlsplit(target)
        is_web_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port  # raises ValueError for an invalid port
    except ValueError:
        target, is_web_address = location.decode("latin-1"), False
    if not is_web_address:
        raise RequestEnded(Outcome.OTHER, f"redirects to {target!r}, which is no web address", status=status)
    return target.partition("#")[0]


def _ended(outcome: Outcome, error: str, target: str, response: Response) -> RequestEnded:
    return RequestEnded(outcome, error, final_url=target, status=response.status)


def _cookies_after(journey: Journey, url: str, target: str, response: Response) -> dict[str, str]:
    if urlsplit(url).hostname != urlsplit(target).hostname:
        return {}
    cookies = dict(journey.cookies)
    for header in response.headers.getlist("Set-Cookie"):
        name, equals, value = header.split(b";", 1)[0].decode("latin-1").partition("=")
        if equals:
            cookies[name.strip()] = value.strip()
    return cookies
