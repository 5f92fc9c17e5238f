-- The columns of the given schemas, with what is said of them so far; not those a view describes itself.
SELECT schema_name, table_name, column_name, comment
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name IN $schemas AND NOT internal
    AND NOT (comment IS NOT NULL AND (schema_name, table_name) IN (SELECT (schema_name, view_name) FROM duckdb_views()))
ORDER BY ALL
