-- What is wrong with the certificates of sites, by the newest look at each?
-- column problem: why it does not hold; ok where it does; none where no certificate was shown
-- column sites: sites
-- column soonest_end_at: the first end of validity among them
WITH newest AS (
    SELECT site_code, arg_max(tls_problem, checked_at) AS problem, arg_max(tls_outcome, checked_at) AS outcome,
        arg_max(tls_not_after_at, checked_at) AS end_at
    FROM host_check
    GROUP BY site_code
)
SELECT CASE
        WHEN problem IS NOT NULL THEN problem
        WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN outcome
        ELSE 'none'
    END AS problem, count(*) AS sites, min(end_at) AS soonest_end_at
FROM newest
GROUP BY ALL
ORDER BY sites DESC, problem
