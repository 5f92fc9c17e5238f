-- The entries the home pages of one site run show.
SELECT *
FROM home_entry
WHERE run_id = $run_id
ORDER BY site_code, published_on DESC NULLS LAST, url
