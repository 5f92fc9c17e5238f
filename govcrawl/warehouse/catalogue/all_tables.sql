-- Every table of the database, ours and the record of what was applied to it.
SELECT schema_name, table_name
FROM duckdb_tables()
WHERE NOT internal AND database_name = current_database()
ORDER BY schema_name, table_name
