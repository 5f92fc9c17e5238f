"""`move-base.tar.zst`: a data directory as the version before this one left it.

Made at the tag move-base from two sites of the simulated prefecture: two rounds of probes and two nights (2026-03-18
and -19), with warehouse.duckdb as it stood; published copies, documents, evidence and logs are left out.
"""
