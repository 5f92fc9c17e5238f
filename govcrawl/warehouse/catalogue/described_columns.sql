SELECT schema_name, table_name, column_name, replace(data_type, '"', '') AS data_type, comment
FROM duckdb_columns()
WHERE NOT internal
ORDER BY schema_name, table_name, column_index
