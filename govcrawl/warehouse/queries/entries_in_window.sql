-- Dated entries of one visit from $since to $until, both days whole.
SELECT *
FROM entry
WHERE run_id = $run_id AND published_on BETWEEN $since AND $until
ORDER BY site_code, section_name, section_url, published_on DESC, url, title
