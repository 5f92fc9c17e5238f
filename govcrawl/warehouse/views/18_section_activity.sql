CREATE VIEW section_activity AS
SELECT v.run_id, v.site_code, v.section_name, v.section_url, s.class, v.outcome,
    coalesce(e.entries, 0)::INTEGER AS entries,
    coalesce(e.undated, 0)::INTEGER AS undated,
    e.last_entry_on,
    coalesce(e.future, 0)::INTEGER AS future,
    v.pages_read, v.complete, s.rank, s.update_days, v.status, v.final_url, v.fetched_at, v.rendered, v.doubt, v.unread, v.stand_in
FROM raw.section_visit AS v
JOIN raw.run AS r USING (run_id)
LEFT JOIN raw.section AS s
    ON s.registry_sha256 = r.registry_sha256 AND s.site_code = v.site_code AND s.url = v.section_url
    AND s.name = v.section_name
LEFT JOIN (
    SELECT listed.run_id, site_code, section_name, section_url,
        count(*) AS entries,
        count(*) FILTER (WHERE published_on IS NULL) AS undated,
        count(*) FILTER (WHERE published_on > run.as_of) AS future,
        max(published_on) FILTER (WHERE published_on <= run.as_of AND NOT coalesce(year_assumed, false)) AS last_entry_on
    FROM (
        SELECT run_id, site_code, section_name, section_url, unnest(entries, recursive := true)
        FROM derived.section_list
    ) AS listed
    JOIN raw.run AS run USING (run_id)
    GROUP BY ALL
) AS e ON e.run_id = v.run_id AND e.site_code = v.site_code AND e.section_url = v.section_url
    AND e.section_name = v.section_name;

COMMENT ON VIEW section_activity IS 'One row per registered section and run that read it.';
