SELECT column_name
FROM duckdb_columns()
WHERE schema_name = $schema AND table_name = $table AND database_name = current_database() AND is_nullable
