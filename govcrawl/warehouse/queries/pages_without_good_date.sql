-- Pages read on $as_of that print no day of themselves, or one that has not come yet, and that no list dates well either.
SELECT p.site_code, p.url AS subject_url
FROM night.addresses AS p
ANTI JOIN (
    SELECT site_code, url
    FROM night_entry
    WHERE as_of = $as_of AND published_on <= $as_of
) AS dated USING (site_code, url)
WHERE p.as_of = $as_of AND p.read AND (p.published_on IS NULL OR p.published_on > $as_of)
ORDER BY p.site_code, p.url
