SELECT schema_name, view_name
FROM duckdb_views()
WHERE NOT internal AND database_name = current_database()
ORDER BY schema_name, view_name
