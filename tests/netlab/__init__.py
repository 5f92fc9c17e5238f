"""Servers that behave as badly as a test wants, and a real crawl process that meets them."""
