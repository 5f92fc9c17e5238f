SELECT schema_name, view_name AS name, comment
FROM duckdb_views()
WHERE NOT internal
UNION ALL
SELECT schema_name, table_name, comment
FROM duckdb_tables()
ORDER BY schema_name, name
