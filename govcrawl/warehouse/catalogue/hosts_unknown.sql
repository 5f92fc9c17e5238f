-- Hosts of links whose domain is not known yet: of $run_id, or of all runs when it is null.
SELECT DISTINCT derived.host_of(l.target_url) AS host
FROM derived.link AS l
WHERE ($run_id IS NULL OR l.run_id = $run_id) AND derived.host_of(l.target_url) <> ''
    AND derived.host_of(l.target_url) NOT IN (SELECT host FROM derived.host)
ORDER BY host
