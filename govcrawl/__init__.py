"""Everything up to and into DuckDB: registry, crawl, run folders, warehouse."""
