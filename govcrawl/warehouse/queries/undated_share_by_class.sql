-- In one visit: of each class of section, how many entries state no date at all.
SELECT class, count(*) AS sections, sum(entries) AS entries, sum(undated) AS undated,
    round(sum(undated) / nullif(sum(entries), 0), 3) AS undated_share
FROM section_activity
WHERE run_id = $run_id
GROUP BY class
ORDER BY class
