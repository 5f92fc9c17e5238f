"""`python -m benchmarks`, behind `make bench`."""

from benchmarks.site_spider import main

main()
