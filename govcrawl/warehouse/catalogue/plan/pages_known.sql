-- The pages of each site that a visit before $as_of has read, as the numbers they are looked up by (govcrawl/spiders/plan.py).
SELECT site_code, ('0x' || md5(url)[1:16])::UBIGINT AS number
FROM derived.known_page
WHERE read_on < $as_of
ORDER BY site_code, number
