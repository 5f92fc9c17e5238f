-- Raw tables that hold rows of assessments, whatever is added to them later.
SELECT table_name
FROM duckdb_columns()
WHERE schema_name = 'raw' AND column_name = 'assessment_id' AND database_name = current_database()
    AND table_name NOT IN ('withdrawn', 'issued_document')
ORDER BY table_name
