-- How did every fault known by then stand in one assessment?
-- $assessment_id: the assessment.
SELECT finding_key, site_code, check_id, subject_url, state, first_seen_on, last_seen_on, fixed_on, page_gone, notified_in, due_on
FROM raw.ledger
WHERE assessment_id = $assessment_id
ORDER BY finding_key
