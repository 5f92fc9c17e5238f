"""Spiders with a fault of their own, under the names of real ones: `-s SPIDER_MODULES=tests.spiders.faulty`."""
