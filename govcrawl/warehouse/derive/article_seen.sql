-- derived.article_seen after one run: what it read for the first time, and anew what an earlier run had read.
CREATE OR REPLACE TEMP TABLE article_read AS
SELECT site_code, url, max_by(source, fetched_at) AS source,
    max_by(try_cast(published_at AS DATE), fetched_at) AS published_on, as_of
FROM raw.page
JOIN raw.run USING (run_id)
WHERE raw.page.run_id = $run_id AND raw.page.kind = 'article' AND outcome IN (SELECT word FROM words.outcome WHERE ok)
GROUP BY site_code, url, as_of;

UPDATE derived.article_seen AS seen
SET source = article_read.source, published_on = article_read.published_on, read_on = article_read.as_of
FROM article_read
WHERE seen.site_code = article_read.site_code AND seen.url = article_read.url AND seen.read_on <= article_read.as_of;

INSERT INTO derived.article_seen
SELECT site_code, url, source, published_on, as_of
FROM article_read ANTI JOIN derived.article_seen USING (site_code, url);
