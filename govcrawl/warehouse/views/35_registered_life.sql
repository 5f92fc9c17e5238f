-- Spells of nights with one registry, and how they follow each other.
CREATE VIEW derived.registry_spell AS
SELECT spell, any_value(registry_sha256) AS registry_sha256, min(as_of) AS since_on, max(as_of) AS until_on,
    spell = max(max(spell)) OVER () AS newest
FROM (
    SELECT as_of, registry_sha256, sum(other::INTEGER) OVER (ORDER BY as_of)::INTEGER AS spell
    FROM (
        SELECT as_of, registry_sha256, registry_sha256 IS DISTINCT FROM lag(registry_sha256) OVER (ORDER BY as_of) AS other
        FROM derived.night_registry
    )
)
GROUP BY spell;

COMMENT ON VIEW derived.registry_spell IS 'One row per spell of inspected nights that worked from one registry.';

CREATE VIEW site_life AS
SELECT site_code, any_value(name) AS name, any_value(home_url) AS home_url, any_value(unit) AS unit, any_value(region_code) AS region_code,
    any_value(level) AS level, any_value(kind) AS kind, any_value(status) AS status, any_value(has_services) AS has_services,
    any_value(render) AS render, min(since_on) AS since_on, max(until_on) AS until_on, bool_or(newest) AS standing
FROM (
    SELECT *, sum(other::INTEGER) OVER (PARTITION BY site_code ORDER BY spell) AS life
    FROM (
        SELECT s.*, r.spell, r.since_on, r.until_on, r.newest,
            r.spell - 1 IS DISTINCT FROM lag(r.spell) OVER before
            OR row(s.name, s.home_url, s.unit, s.region_code, s.level, s.kind, s.status, s.has_services, s.render)
                IS DISTINCT FROM lag(row(s.name, s.home_url, s.unit, s.region_code, s.level, s.kind, s.status, s.has_services, s.render)) OVER before
            AS other
        FROM derived.registry_spell AS r
        JOIN raw.site AS s USING (registry_sha256)
        WINDOW before AS (PARTITION BY s.site_code ORDER BY r.spell)
    )
)
GROUP BY site_code, life;

COMMENT ON VIEW site_life IS 'One row per site and spell of nights in which the registry said the same of it: its history as intervals.';

CREATE VIEW section_life AS
SELECT site_code, name, url, any_value(class) AS class, any_value(rank) AS rank, any_value(update_days) AS update_days,
    any_value(entry_selector) AS entry_selector, min(since_on) AS since_on, max(until_on) AS until_on, bool_or(newest) AS standing
FROM (
    SELECT *, sum(other::INTEGER) OVER (PARTITION BY site_code, name, url ORDER BY spell) AS life
    FROM (
        SELECT s.*, r.spell, r.since_on, r.until_on, r.newest,
            r.spell - 1 IS DISTINCT FROM lag(r.spell) OVER before
            OR row(s.class, s.rank, s.update_days, s.entry_selector)
                IS DISTINCT FROM lag(row(s.class, s.rank, s.update_days, s.entry_selector)) OVER before
            AS other
        FROM derived.registry_spell AS r
        JOIN raw.section AS s USING (registry_sha256)
        WINDOW before AS (PARTITION BY s.site_code, s.name, s.url ORDER BY r.spell)
    )
)
GROUP BY site_code, name, url, life;

COMMENT ON VIEW section_life IS 'One row per section and spell of nights in which the registry said the same of it: its history as intervals.';
