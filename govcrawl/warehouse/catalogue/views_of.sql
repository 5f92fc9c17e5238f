SELECT view_name
FROM duckdb_views()
WHERE NOT internal AND schema_name = 'main' AND database_name = coalesce($database, current_database())
ORDER BY view_name
