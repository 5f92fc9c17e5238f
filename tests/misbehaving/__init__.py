"""Spiders that bring their process down, under the names of real ones: `-s SPIDER_MODULES=tests.misbehaving`."""
