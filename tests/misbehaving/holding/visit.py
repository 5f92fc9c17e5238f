"""The visit, held inside C code by a page that says so: no signal handler and no timer of its process runs then."""

import re

from govcrawl.spiders.visit import VisitSpider

MARK = b"hold me"


class HoldingSpider(VisitSpider):
    name = "visit"

    def read(self, visit, facts, *arguments, **options):
        if MARK in facts.body and not facts.unreadable:
            re.match(r"(?:a|a)*b", "a" * 60)
        return super().read(visit, facts, *arguments, **options)
