-- raw.issued_finding of one document, from lists that run side by side.
INSERT INTO raw.issued_finding (notice_id, finding_key, unit, number, due_on)
SELECT $notice_id, unnest($finding_key::VARCHAR[]), unnest($unit::VARCHAR[]), unnest($number::VARCHAR[]),
    unnest($due_on::VARCHAR[])::DATE
