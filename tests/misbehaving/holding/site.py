"""The site spider, held inside C code by a page that says so: no signal handler and no timer of its process runs then."""

import re

from govcrawl.spiders.site import SiteSpider

MARK = b"hold me"


class HoldingSpider(SiteSpider):
    name = "site"

    def read(self, visit, facts, *arguments, **options):
        if MARK in facts.body and not facts.unreadable:
            re.match(r"(?:a|a)*b", "a" * 60)
        return super().read(visit, facts, *arguments, **options)
