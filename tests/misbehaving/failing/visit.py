"""The visit, were a page to meet a bug in it."""

from govcrawl.spiders.visit import VisitSpider


class FailingSpider(VisitSpider):
    def page(self, visit, depth, answer):
        requests = super().page(visit, depth, answer)
        if "unlucky" in visit.site.home_url:
            raise RuntimeError("a bug of ours")
        return requests
