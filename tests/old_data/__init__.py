"""Data directories as earlier versions left them.

`move-base.tar.zst`: made at the tag move-base from two sites of the simulated prefecture: two rounds of probes and two nights (2026-03-18
and -19), with warehouse.duckdb as it stood; published copies, documents, evidence and logs are left out.

`before-visit.tar.zst`: made at e2334d9, the version before one visit took the place of the runs `sections` and `site`, from three
sites of `benchmarks/soak.py`: two nights (2026-11-02 and -03), the same left out.
"""
