"""A yardstick: Scrapy at its leanest. Links by Lexbor, a seen-set of its own, address and status stored, nothing read."""

from urllib.parse import urldefrag, urljoin, urlsplit

import scrapy
from selectolax.lexbor import LexborHTMLParser


class LeanSpider(scrapy.Spider):
    name = "lean"
    handle_httpstatus_list = [404]
    custom_settings = {"COOKIES_ENABLED": False, "RETRY_ENABLED": False, "TELNETCONSOLE_ENABLED": False}

    def __init__(self, urls, **arguments):
        super().__init__(**arguments)
        self.homes = urls.split(",")
        self.hosts = {urlsplit(url).netloc for url in self.homes}
        self.seen = set(self.homes)

    async def start(self):
        for url in self.homes:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response):
        yield {"url": response.url, "status": response.status}
        for link in LexborHTMLParser(response.body).css("a[href]"):
            url = urldefrag(urljoin(response.url, link.attributes["href"] or ""))[0]
            if url not in self.seen and urlsplit(url).netloc in self.hosts:
                self.seen.add(url)
                yield scrapy.Request(url, dont_filter=True)
