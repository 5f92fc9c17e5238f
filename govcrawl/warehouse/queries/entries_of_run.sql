-- Every entry the sections of one run list, dated or not.
SELECT *
FROM entry
WHERE run_id = $run_id
ORDER BY site_code, section_name, section_url, published_on DESC NULLS LAST, url, title
