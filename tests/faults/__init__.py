"""Faults and hostile sites, with real processes: `make test-faults` runs all of it and prints what happened."""
