"""Everything after DuckDB: rules, checks, scoring, assessments, notices."""
