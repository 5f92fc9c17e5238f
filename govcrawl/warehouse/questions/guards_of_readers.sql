-- How many sites guard their readers by the headers of their home page, on the newest night?
-- column header: header
-- column sites: sites whose home page answered
-- column with_it: of these, sending it
-- column share: share
WITH newest AS (
    FROM home_header WHERE as_of = (SELECT max(as_of) FROM home_header)
), told AS (
    SELECT site_code, unnest(['Strict-Transport-Security', 'Content-Security-Policy', 'X-Frame-Options', 'X-Content-Type-Options', 'Referrer-Policy']) AS header,
        unnest([transport_security, content_policy, frame_options, content_type_options, referrer_policy]) AS value
    FROM newest
)
SELECT header, count(*) AS sites, count(value) AS with_it, round(count(value) / count(*), 3) AS share
FROM told
GROUP BY header
ORDER BY header
