-- Every known title put into the search of its site on $as_of.
SELECT site_code, run_id, search_url, search_method, title, entry_url, asked_url, outcome, status, rendered, found,
    hindrance, results
FROM (
    SELECT t.site_code, t.run_id, t.search_url, t.search_method, unnest(t.attempts, recursive := true)
    FROM night_surroundings AS around
    JOIN service_trial AS t USING (run_id)
    WHERE around.as_of = $as_of
)
ORDER BY site_code, entry_url
