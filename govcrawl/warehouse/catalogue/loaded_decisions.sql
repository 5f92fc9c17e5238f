SELECT DISTINCT file
FROM raw.decision
