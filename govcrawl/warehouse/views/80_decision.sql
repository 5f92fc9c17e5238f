CREATE VIEW decision AS
SELECT finding_key, site_code, account_id, indicator_id, edition, decision, points, reason, until_on, decided_by,
    decided_at, supersedes,
    row_number() OVER (
        PARTITION BY finding_key, edition, site_code, account_id, indicator_id
        ORDER BY decided_at DESC, file DESC, source_row DESC
    ) = 1 AS newest,
    source_file, source_row, file
FROM raw.decision;

COMMENT ON VIEW decision IS 'One row per decision of a person about a fault, or about a row only people can judge. Nothing is ever overwritten: newest tells which one holds.';
