-- What each site told search engines on $as_of in robots.txt, its map and its proofs, with what the same file said when it was last seen
-- before (`before_…`; null where it was never seen). `changed`: it says something else; a file that is not there has no sha256.
WITH seen AS (
    SELECT f.*, r.as_of
    FROM site_file AS f
    JOIN run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
        AND f.outcome IN (SELECT word FROM words.outcome WHERE telling)
), now AS (
    SELECT * FROM seen WHERE as_of = $as_of QUALIFY row_number() OVER (PARTITION BY site_code, name ORDER BY seen_at DESC, run_id DESC) = 1
), before AS (
    SELECT * FROM seen WHERE as_of < $as_of QUALIFY row_number() OVER (PARTITION BY site_code, name ORDER BY seen_at DESC, run_id DESC) = 1
)
SELECT n.site_code, n.name, n.url, n.run_id, n.seen_at, n.sha256, n.lines, n.addresses, n.strangers, n.words, b.as_of AS before_on,
    b.sha256 AS before_sha256, b.lines AS before_lines, b.addresses AS before_addresses, b.strangers AS before_strangers,
    b.as_of IS NOT NULL AND n.sha256 IS DISTINCT FROM b.sha256 AS changed
FROM now AS n
LEFT JOIN before AS b USING (site_code, name)
ORDER BY n.site_code, n.name
