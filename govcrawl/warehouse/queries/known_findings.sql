-- Every fault that was ever found, by its key: what a decision may be about.
SELECT DISTINCT finding_key
FROM finding
ORDER BY finding_key
