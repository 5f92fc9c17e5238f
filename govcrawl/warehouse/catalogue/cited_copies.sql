-- Published copies that an issued document stands on.
SELECT DISTINCT snapshot
FROM raw.issued_document
JOIN raw.assessment USING (assessment_id)
