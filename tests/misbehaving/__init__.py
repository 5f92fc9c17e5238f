"""Visits with one fault each, in a package each: `-s SPIDER_MODULES=tests.misbehaving.crashing`. Scrapy loads a package whole."""
