SELECT schema_name
FROM duckdb_schemas()
WHERE database_name = current_database()
