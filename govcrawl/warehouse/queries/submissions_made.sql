-- What the units say they submitted, by month.
SELECT unit, month, submitted
FROM submission
ORDER BY unit, month
