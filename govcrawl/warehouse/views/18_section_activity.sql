CREATE VIEW section_activity AS
SELECT v.run_id, v.site_code, v.section_name, v.section_url, s.class, v.outcome,
    coalesce(e.entries, 0)::INTEGER AS entries,
    coalesce(e.undated, 0)::INTEGER AS undated,
    e.last_entry_on,
    coalesce(e.future, 0)::INTEGER AS future,
    v.pages_read, v.complete, s.rank, s.update_days, v.status, v.final_url, v.fetched_at, v.rendered
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
        FROM raw.section_visit
    ) AS listed
    JOIN raw.run AS run USING (run_id)
    GROUP BY ALL
) AS e ON e.run_id = v.run_id AND e.site_code = v.site_code AND e.section_url = v.section_url
    AND e.section_name = v.section_name;

COMMENT ON VIEW section_activity IS 'One row per registered section and run that read it.';
COMMENT ON COLUMN section_activity.run_id IS 'Run that read the section, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN section_activity.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN section_activity.section_name IS 'Name of the section in the registry, e.g. 通知公告';
COMMENT ON COLUMN section_activity.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_activity.class IS 'Class of the section (栏目类别) in the registry of that run, decides the term, e.g. 政策文件';
COMMENT ON COLUMN section_activity.outcome IS 'Outcome word of its first page; redirect_offsite when it lives elsewhere';
COMMENT ON COLUMN section_activity.entries IS 'Entries read';
COMMENT ON COLUMN section_activity.undated IS 'Entries whose day is seen neither in the list nor on their page';
COMMENT ON COLUMN section_activity.last_entry_on IS 'Civil day of the newest entry, without days after as_of and days whose year nobody printed; null when no entry has one';
COMMENT ON COLUMN section_activity.future IS 'Entries dated after the as_of of the run';
COMMENT ON COLUMN section_activity.pages_read IS 'List pages read, e.g. 3';
COMMENT ON COLUMN section_activity.complete IS 'The list was read back to the start of the term, or to its end';
COMMENT ON COLUMN section_activity.rank IS 'Rank in the navigation (级别) in the registry of that run: 一级 or 二级';
COMMENT ON COLUMN section_activity.update_days IS 'Days within which it must be updated (更新期限) where the registry of that run overrides the term of the class';
COMMENT ON COLUMN section_activity.status IS 'HTTP status of its first page';
COMMENT ON COLUMN section_activity.final_url IS 'Address its first page came from after redirects';
COMMENT ON COLUMN section_activity.fetched_at IS 'Instant (UTC) its first page was requested';
COMMENT ON COLUMN section_activity.rendered IS 'Read through the browser';
