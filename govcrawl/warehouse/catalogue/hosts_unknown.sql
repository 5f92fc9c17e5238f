-- Hosts of links whose domain is not known yet: of what $run_id met anew, or of all runs when it is null.
SELECT DISTINCT derived.host_of(l.target_url) AS host
FROM derived.link_spell AS l
WHERE ($run_id IS NULL OR (l.month, l.site_code, l.since_no) IN (SELECT (month, site_code, turn_no) FROM derived.turn WHERE run_id = $run_id))
    AND derived.host_of(l.target_url) <> ''
    AND derived.host_of(l.target_url) NOT IN (SELECT host FROM derived.host)
ORDER BY host
