-- Pages read on $as_of that print no day of themselves, or one that has not come yet, and that no list dates well either.
SELECT p.site_code, p.url AS subject_url
FROM night_page AS p
WHERE p.as_of = $as_of AND p.read AND (p.published_on IS NULL OR p.published_on > $as_of)
    AND (p.site_code, p.url) NOT IN (
        SELECT (e.site_code, e.url)
        FROM night_visit AS v
        JOIN entry AS e USING (run_id, site_code)
        WHERE v.as_of = $as_of AND e.published_on <= $as_of
    )
ORDER BY p.site_code, p.url
