"""The wiring diagram of the crawl: each component, its place, why; each changed value with Scrapy's default.

The only module that reads the environment.
"""

import os

from govcrawl.records.runs import code_version

BOT_NAME = "govcrawl"
SPIDER_MODULES = ["govcrawl.spiders"]

# --- who we are -----------------------------------------------------------------------------------------------

# An address whose owner answers for the crawl: firewalls that know us let us in, angry administrators find us.
GOVCRAWL_CONTACT = os.environ.get("GOVCRAWL_CONTACT", "")
USER_AGENT = f"govcrawl/{code_version()} (+{GOVCRAWL_CONTACT or 'set GOVCRAWL_CONTACT'})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default en: some sites send their English half
}

# --- who is told when a night is not well; used by govcrawl.night.alarm, not by the crawl ---------------------------------

ALARM_WEBHOOK = os.environ.get("GOVCRAWL_ALARM_WEBHOOK", "")  # http(s) address that takes JSON by POST
ALARM_MAIL_TO = os.environ.get("GOVCRAWL_ALARM_MAIL", "")  # addresses, commas between
ALARM_MAIL_FROM = os.environ.get("GOVCRAWL_MAIL_FROM", "")
ALARM_SMTP = os.environ.get("GOVCRAWL_SMTP", "")  # smtp://[user:password@]host[:port], or smtps://

# --- the way of a request: from the engine (low numbers) to the network (high) -----------------------------------

DOWNLOADER_MIDDLEWARES = {
    # Before robots, or robots.txt of an intranet host would be asked for.
    "govcrawl.network.middlewares.private_addresses.RefusePrivateAddresses": 80,
    "govcrawl.network.middlewares.robots.ObeyRobots": 100,
    # After robots, which gives a host with a Crawl-delay a slot of its own.
    "govcrawl.network.middlewares.shared_addresses.SharedAddresses": 110,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    # After (on the way back: after) redirects, whose bodies nobody unpacks.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    # Behind it on the way out, before it on the way back: sees bodies as they came.
    "govcrawl.network.middlewares.torn_bodies.MarkTornBodies": 595,
    "govcrawl.network.middlewares.redirects.FollowRedirects": 600,
    # What it mends, nobody above has to know of.
    "govcrawl.network.middlewares.complete_chains.CompleteChains": 800,
    # Next to the network: counts the bytes as they come.
    "govcrawl.network.middlewares.body_limit.LimitBody": 900,
    # In place of the network, once robots.txt and the guard have let a request pass: what its host answered before a crash.
    "govcrawl.extensions.keep_answers.KeepAnswers": 950,
    # Not wanted: what they do is done above, or would blur the measurement.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # drops silently; each request ends as a row
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # allows all when robots.txt fails
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,  # requests.py sets each
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # a second attempt is a row of its own, later
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # a refresh is a link of the page
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,  # cookies live as long as a redirect chain
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # we would measure the proxy
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every status is a fact
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops silently
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # Journey.depth
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
# None of Scrapy's own but those named below: it imports what is only switched off too, a web framework and the feed
# exporters among it, which is a quarter of what a process needs to start.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    # The only writers of a crawl. Pages before records: where a task's records have their final names, all of it is there.
    "govcrawl.extensions.keep_pages.KeepPages": 0,
    "govcrawl.extensions.run_writer.RunWriter": 5,
    "govcrawl.extensions.progress.WriteProgress": 10,
    "govcrawl.network.own_clock.KeepOwnClock": 0,
    "govcrawl.network.pace.Pace": 0,  # in place of AutoThrottle: knows our own lag
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
}
DOWNLOAD_HANDLERS = {
    "http": "govcrawl.network.download.Download",
    "https": "govcrawl.network.download.Download",
    "data": None,
    "file": None,  # a crawled address must not open our own files
    "ftp": None,
    "s3": None,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # default RFPDupeFilter: drops silently, loses a row
TWISTED_DNS_RESOLVER = "govcrawl.network.resolve.Resolver"  # default CachingThreadedResolver: IPv4 only
CANARY_URLS: list[str] = []  # addresses that answer whenever our own network is in order; used by Lookout
RESOLVE: list[str] = []  # HOST:PORT:ADDRESS[:PORT2], or one @FILE; read by network/resolve_rules.py

# --- how hard we knock --------------------------------------------------------------------------------------------

CONCURRENT_ITEMS = 1  # default 100: so many tasks Scrapy starts for what a callback returns, a request or two
CONCURRENT_REQUESTS = 32  # default 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # default 8
DOWNLOAD_DELAY = 0.2  # default 0; per host
AUTOTHROTTLE_ENABLED = True  # default False; switches Pace: a site that grows slow is asked less often
AUTOTHROTTLE_MAX_DELAY = 10  # default 60
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0  # default 1
PACE_LONGEST_WAIT_S = 120.0  # that a Retry-After makes us wait; used by Pace, as the next two
PACE_REST_S = 30.0  # that a host which suffers is left alone
PACE_MOST_RESTS = 3  # of one host in one process; a host that is ill all night is asked at its slow pace
ROBOTS_FOLDER = ""  # where answers are kept for the other processes of the night; empty: each process asks
ROBOTS_MAX_CRAWL_DELAY = 10  # seconds; used by ObeyRobots

# --- limits against hostile or broken servers -------------------------------------------------------------------------

READ_MAX_SECONDS = 60  # that reading one page may take; then its process is ended and the page is unreadable
DOWNLOAD_TIMEOUT = 20  # default 180; requests.py sets each request's own
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # default 1 GiB; holds for the unpacked body too
DOWNLOAD_WARNSIZE = 0  # default 32 MiB
DOWNLOAD_FAIL_ON_DATALOSS = False  # default True: half a page is still evidence; its outcome says reset
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
DNS_TIMEOUT = 10  # default 60
REACTOR_THREADPOOL_MAXSIZE = 20  # default 10; names are resolved there, slow name servers hold a thread
MEMUSAGE_LIMIT_MB = 2048  # default 0: a crawl that eats the machine ends, and its open tasks are done again

# --- the browser ------------------------------------------------------------------------------------------------------

BROWSER_PAGES = 3  # drawn at the same time; used by Browser
BROWSER_PAGES_PER_CONTEXT = 50  # then the context is thrown away with what its pages left behind

# Of examining pages of one site for barriers in one night; used by the surroundings spider. 0: none is examined.
BARRIERS_MAX_SECONDS = 2.0

# --- how link targets are tried; used by the links spider ----------------------------------------------------------------

OPEN_HOSTS = 64  # asked at the same time by one process
LINK_MAX_TIMEOUTS = 5  # in a row, then the rest of a host's targets stay not attempted
LINK_MAX_PER_HOST = (
    1000  # targets a night; 4 minutes of one host at our pace, the rest comes in turn over the nights
)
# Foreign hosts that one site names, asked in one night, the rest in turn: 100,000 invented names would hold it up for hours.
LINK_MAX_HOSTS_PER_SITE = 2000
ATTACHMENT_MAX_BYTES = 10_000_000  # of one; a larger one is not read
# Of one host in one night that are fetched to be read: at our pace and a parser at a time, about a minute.
ATTACHMENTS_MAX_PER_HOST = 20
ATTACHMENTS_MAX_BYTES = 50_000_000  # then no further one is begun
# At least this lies between two attempts, the second at the end of the run; 404 need not wait.
LINK_CONFIRM_S = 10.0

# --- how sites are visited; used by the visit spider ---------------------------------------------------------------------

OPEN_SITES = 32  # at the same time by one process
AGAIN_PAUSE_S = 5.0  # before a home page or a section that failed is tried once more
# Of one site in one run, compressed, that KeepPages puts aside: 5 to 10 KB a page.
EVIDENCE_MAX_BYTES = 64 * 1024 * 1024
SITE_MAX_LOOKS = 10  # in the browser, at pages of one site that showed nothing

# --- how far a section is read; used by the visit spider -----------------------------------------------------------------

TEXTS_KEPT = True  # the main text of every page, once by its hash; without them no text is checked
SECTION_DAYS = 400  # back to the longest official term, a year; `update_days` of a section goes before
SECTION_MAX_PAGES = 10
SECTION_MAX_ARTICLES = 15  # undated entries whose pages are asked for their date every night, due or not
# Articles read every night of sections whose lists do not say enough: documents, guides, consultations.
SECTION_LOOKED_INTO = 10

# --- how far a site is read in one night; used by the visit spider ---------------------------------------------------------

SITE_MAX_PAGES = 1500  # lists and their entries first; 5 minutes a host at our pace
SITE_MAX_DEPTH = 10
SITE_MAX_SECONDS = 1800
SITE_MAX_BYTES = 200 * 1024 * 1024
SITE_MAX_DRAWN_REQUESTS = 50_000  # that its drawn pages make all together; one page makes 300 at most
SITE_MAX_LINKS = 100_000  # targets kept of one site
SITE_MAX_LINK_PLACES = 2_000_000  # on its pages, each target counted on every page that names it
SITE_MAX_ENTRIES = 200_000  # on all its pages together
SITE_MAX_URL_LENGTH = 1024
# Addresses that differ in digits only, until half of these have brought something new: articles do, a calendar does not.
SITE_MAX_PER_TEMPLATE = 40
SITE_MAX_PER_QUERY_TEMPLATE = 10
# Addresses below one first folder; the rest of them waits until all other folders are read.
SITE_MAX_PER_PREFIX = 80

# --- our own pages, which the night crawls and judges beside the sites; used by govcrawl.night.control ---------------------

CONTROL_PAGES = (
    True  # about half a minute a night; without them a broken reader or check may pass the publish gate
)

LOG_LEVEL = "INFO"  # default DEBUG: a line a page
