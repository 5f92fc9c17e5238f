"""The yardstick: Scrapy as its tutorial shows it, following every internal link and noting each answer."""

from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule


class BareSpider(CrawlSpider):
    name = "bare"
    handle_httpstatus_list = [404]
    rules = (Rule(LinkExtractor(), callback="parse_page", follow=True),)

    def __init__(self, urls, **arguments):
        super().__init__(**arguments)
        self.start_urls = urls.split(",")
        self.allowed_domains = [url.split("/")[2].partition(":")[0] for url in self.start_urls]

    def parse_page(self, response):
        yield {"url": response.url, "status": response.status}
