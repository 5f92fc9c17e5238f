-- The pages of each site that were read on $as_of, whichever spider read them; a row a page.
SELECT site_code, url
FROM night.addresses
WHERE as_of = $as_of AND read
ORDER BY site_code, url
