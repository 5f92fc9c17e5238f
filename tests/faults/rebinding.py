"""Crawls names that change their address, inside `own_network`: prints which machine was asked for what.

With the argument `drawn` in the browser too. The name server gives PUBLIC for the first look-up of a name, then 127.0.0.1.
"""

import json
import sys

from tests.faults.own_network import PRIVATE, PUBLIC, NameServer, WebServer
from tests.netlab.crawl import Ask, crawl

BOTH, INSIDE = "both.gov.cn", "inside.gov.cn"  # both addresses at once; the private one alone
SITE = "http://www.rebinds.gov.cn"
PAGE = (
    "<html><meta charset=utf-8><body><p>这里是部门网站的首页</p><a href=/a.html>甲</a>"
    "<script>fetch('/from-script'); setTimeout(() => fetch('/later'), 300)</script></body></html>"
)


def addresses_of(name: str, time: int) -> list[str]:
    given = {BOTH: [PRIVATE, PUBLIC], INSIDE: [PRIVATE]}
    return given.get(name, [PUBLIC if time == 1 else PRIVATE])


if __name__ == "__main__":
    names = NameServer(addresses_of)
    public, private = WebServer(PUBLIC, PAGE), WebServer(PRIVATE, PAGE)
    drawn = [SITE, f"http://{BOTH}", f"http://{INSIDE}"] if sys.argv[1:] == ["drawn"] else []
    done = crawl(
        Ask("home", f"{SITE}/"),
        Ask("page", f"{SITE}/a.html"),
        Ask("GET", f"{SITE}/b.html"),
        Ask("home", f"http://{BOTH}/"),
        Ask("home", f"http://{INSIDE}/"),
        *(Ask("draw", f"{site}/drawn.html") for site in drawn),
    )
    outcomes = {facts.url: str(facts.outcome) for facts in done.facts}
    json.dump(
        {"public": public.came, "private": private.came, "names": names.asked, "outcomes": outcomes},
        sys.stdout,
    )
