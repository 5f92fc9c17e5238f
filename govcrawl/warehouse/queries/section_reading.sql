-- What each registered section shows of updates on $as_of; a section nobody visited has a null outcome.
-- An entry counts with the newest day seen for it in the list or on its page, days after $as_of left out.
-- A year that nobody printed makes nothing an update: `possible_on` is the newest day that entries printing month and day
-- only could be of, of those above which no line of the list states its year.
-- `undated_read`: entries without any day whose page was read for one, `date_doubt` what may be the day of one of them,
-- there or beside a row of the list.
-- `alike`: pages of the site that show the very same addresses, this one among them: those of other sections, and all pages, where most
-- of the pages that were read carry every entry of a section and none lies in its folder. Such a list is a box of all pages.
-- `entries_doubt`: where no entry was read, what may be one. `last_line_on`: day of the last dated line of the list.
WITH visited AS (
    SELECT v.site_code, v.run_id, s.section_name, s.section_url, s.outcome, s.status, s.complete, s.pages_read, s.doubt,
        coalesce(s.final_url, s.section_url) AS list_url, list_transform(s.entries, lambda e: e.url) AS addresses,
        regexp_extract(coalesce(s.final_url, s.section_url), '^https?://[^/]+/[^?#]+/') AS folder,
        s.fetched_at, list_filter(list_transform(s.entries, lambda e: e.published_on), lambda d: d IS NOT NULL)[-1]
            AS last_line_on
    FROM night_visit AS v
    JOIN derived.section_list AS s USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_lists
), same AS (
    SELECT site_code, addresses, count(DISTINCT list_url)::INTEGER AS alike
    FROM visited
    WHERE len(addresses) > 0
    GROUP BY site_code, addresses
), site_size AS (
    SELECT site_code, count(*) AS pages
    FROM night.addresses
    WHERE as_of = $as_of AND read
    GROUP BY site_code
), everywhere AS (
    SELECT e.site_code, e.section_name, e.section_url, min(l.origins)::INTEGER AS alike
    FROM night_entry AS e
    JOIN visited USING (site_code, section_name, section_url)
    JOIN site_size AS s USING (site_code)
    JOIN night_visit AS v ON v.as_of = e.as_of AND v.site_code = e.site_code AND v.of_pages
    LEFT JOIN night.links AS l ON l.run_id = v.run_id AND l.site_code = e.site_code AND l.target_url = e.url
    WHERE e.as_of = $as_of AND s.pages >= 8
    GROUP BY e.site_code, e.section_name, e.section_url
    HAVING bool_and(coalesce(2 * l.origins > s.pages, false) AND (visited.folder = '' OR NOT starts_with(e.url, visited.folder)))
), tonight AS (
    SELECT site_code, url, read, title, date_sought, date_doubt, published_on, body_sha256
    FROM night.addresses
    WHERE as_of = $as_of
), listed AS (
    SELECT e.site_code, e.section_name, e.section_url, e.line_no,
        coalesce(e.published_on, tonight.published_on) IS NULL AS undated,
        coalesce(tonight.date_sought, false) AS sought,
        derived.date_doubt(tonight.date_doubt, e.title, tonight.title) AS date_doubt,
        greatest(
            CASE WHEN e.published_on <= $as_of AND NOT e.year_assumed THEN e.published_on END,
            CASE WHEN tonight.published_on <= $as_of THEN tonight.published_on END
        ) AS updated_on,
        CASE WHEN e.year_assumed AND tonight.published_on IS NULL THEN
            coalesce(
                try_cast(strftime($as_of::DATE, '%Y') || strftime(e.published_on, '-%m-%d') AS DATE), e.published_on
            )
        END AS this_year_on
    FROM night_entry AS e
    LEFT JOIN tonight ON tonight.site_code = e.site_code AND tonight.url = e.url
    WHERE e.as_of = $as_of
), bounded AS (
    SELECT *,
        CASE WHEN this_year_on > $as_of THEN (this_year_on - INTERVAL 1 YEAR)::DATE ELSE this_year_on END AS may_be_on,
        min(line_no) FILTER (WHERE updated_on IS NOT NULL)
            OVER (PARTITION BY site_code, section_name, section_url) AS first_proven_no
    FROM listed
), counted AS (
    SELECT site_code, section_name, section_url,
        count(*) AS entries,
        count(*) FILTER (WHERE undated) AS undated,
        count(*) FILTER (WHERE undated AND sought) AS undated_read,
        max(date_doubt) FILTER (WHERE undated AND sought) AS date_doubt,
        max(updated_on) AS last_entry_on,
        max(may_be_on) FILTER (WHERE line_no < coalesce(first_proven_no, line_no + 1)) AS possible_on
    FROM bounded
    GROUP BY site_code, section_name, section_url
)
SELECT s.site_code, s.section_name, s.section_url, s.class, s.rank, s.update_days,
    visited.run_id, visited.outcome, visited.status, visited.complete, visited.pages_read, visited.fetched_at, list.body_sha256,
    coalesce(counted.entries, 0)::INTEGER AS entries,
    coalesce(counted.undated, 0)::INTEGER AS undated,
    coalesce(counted.undated_read, 0)::INTEGER AS undated_read,
    counted.last_entry_on, counted.possible_on,
    coalesce(counted.date_doubt, CASE WHEN counted.undated > 0 THEN list.date_doubt END) AS date_doubt,
    visited.doubt AS entries_doubt,
    greatest(same.alike, everywhere.alike, 1)::INTEGER AS alike,
    visited.last_line_on
FROM night_section AS s
LEFT JOIN visited USING (site_code, section_name, section_url)
LEFT JOIN same ON same.site_code = s.site_code AND same.addresses = visited.addresses
LEFT JOIN everywhere USING (site_code, section_name, section_url)
LEFT JOIN counted USING (site_code, section_name, section_url)
LEFT JOIN tonight AS list ON list.site_code = s.site_code AND list.url = s.section_url
WHERE s.as_of = $as_of
ORDER BY s.site_code, s.section_url, s.section_name
