-- What nights say alike is kept once, as a spell of turns (govcrawl/warehouse/spells.py); what a run said is told by views of the
-- same names as the tables before.
CREATE TABLE derived.turn (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    month DATE NOT NULL,
    turn_no INTEGER NOT NULL,
    links INTEGER NOT NULL DEFAULT 0
);
COMMENT ON TABLE derived.turn IS 'One site in one run, numbered within its month in the order of loading. Spells are counted in turns.';

CREATE TABLE derived.link_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    target_no INTEGER NOT NULL,
    target_url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    anchor_text VARCHAR NOT NULL,
    hidden BOOLEAN NOT NULL,
    internal BOOLEAN NOT NULL,
    wrong VARCHAR,
    origin_url VARCHAR NOT NULL,
    "position" VARCHAR,
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.link_spell IS 'One target of one site and spell of turns that met it on the same first page in the same words.';

CREATE TABLE derived.carrier_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    target_no INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    on_home BOOLEAN NOT NULL,
    first_origins VARCHAR[],
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.carrier_spell IS 'One target of one site and spell of turns in which the same pages carried it.';

CREATE TABLE derived.answer_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    target_no INTEGER NOT NULL,
    visit_outcome VARCHAR,
    visit_status INTEGER,
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.answer_spell IS 'One target of one site and spell of turns in which a visit got the same answer from it, or nobody asked.';

CREATE TABLE derived.standing_page_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    read_run_id VARCHAR NOT NULL,
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.standing_page_spell IS 'One page that was known and not due, and the spell of turns for which one reading stands.';

CREATE TABLE derived.standing_check_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    target_url VARCHAR NOT NULL,
    check_run_id VARCHAR NOT NULL,
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.standing_check_spell IS 'One link target that was not due, and the spell of turns of links runs for which one check stands.';

CREATE TABLE derived.home_entry_spell (
    month DATE NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    published_on DATE,
    date_origin VARCHAR,
    page_url VARCHAR NOT NULL,
    year_assumed BOOLEAN,
    since_no INTEGER NOT NULL,
    until_no INTEGER
);
COMMENT ON TABLE derived.home_entry_spell IS 'One entry of a home page and spell of turns in which it was there and alike.';

-- An older warehouse: its runs become turns in the order of their names; a links run is a turn of no site.
INSERT INTO derived.turn (run_id, site_code, month, turn_no, links)
SELECT t.run_id, t.site_code, date_trunc('month', r.as_of)::DATE,
    row_number() OVER (PARTITION BY date_trunc('month', r.as_of), t.site_code ORDER BY t.run_id)::INTEGER, coalesce(l.links, 0)
FROM (
    SELECT run_id, site_code FROM derived.link
    UNION
    SELECT run_id, site_code FROM derived.standing_page
    UNION
    SELECT run_id, site_code FROM derived.home_entry
    UNION
    SELECT run_id, '' FROM derived.standing_check
) AS t
JOIN raw.run AS r USING (run_id)
LEFT JOIN (SELECT run_id, site_code, count(*)::INTEGER AS links FROM derived.link GROUP BY ALL) AS l USING (run_id, site_code);

CREATE TEMP TABLE last_turn AS
SELECT month, site_code, max(turn_no) AS last_no FROM derived.turn GROUP BY ALL;

CREATE TEMP TABLE met AS
SELECT l.*, t.month, t.turn_no, n.target_no
FROM derived.link AS l
JOIN derived.turn AS t USING (run_id, site_code)
JOIN (
    SELECT month, site_code, target_url,
        (row_number() OVER (PARTITION BY month, site_code ORDER BY min((turn_no, link_no)), target_url))::INTEGER AS target_no
    FROM derived.link
    JOIN derived.turn USING (run_id, site_code)
    GROUP BY month, site_code, target_url
) AS n ON n.month = t.month AND n.site_code = l.site_code AND n.target_url = l.target_url;

-- Turns that follow each other and say the same have one difference between their number and their place among those that say it.
INSERT INTO derived.link_spell
SELECT month, site_code, target_no, target_url, kind, anchor_text, hidden, internal, wrong, origin_url, "position", min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, target_no, target_url, kind, anchor_text, hidden, internal, wrong, origin_url, "position" ORDER BY turn_no) AS place
    FROM met JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, target_no, target_url, kind, anchor_text, hidden, internal, wrong, origin_url, "position", place
ORDER BY ALL;

INSERT INTO derived.carrier_spell
SELECT month, site_code, target_no, origins, on_home, first_origins, min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, target_no, origins, on_home, first_origins ORDER BY turn_no) AS place
    FROM met JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, target_no, origins, on_home, first_origins, place
ORDER BY ALL;

INSERT INTO derived.answer_spell
SELECT month, site_code, target_no, visit_outcome, visit_status, min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, target_no, visit_outcome, visit_status ORDER BY turn_no) AS place
    FROM met JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, target_no, visit_outcome, visit_status, place
ORDER BY ALL;

INSERT INTO derived.standing_page_spell
SELECT month, site_code, url, read_run_id, min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, url, read_run_id ORDER BY turn_no) AS place
    FROM (FROM derived.standing_page JOIN derived.turn USING (run_id, site_code)) JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, url, read_run_id, place
ORDER BY ALL;

INSERT INTO derived.standing_check_spell
SELECT month, site_code, target_url, check_run_id, min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, target_url, check_run_id ORDER BY turn_no) AS place
    FROM (FROM derived.standing_check JOIN derived.turn USING (run_id)) JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, target_url, check_run_id, place
ORDER BY ALL;

INSERT INTO derived.home_entry_spell
SELECT month, site_code, url, title, published_on, date_origin, page_url, year_assumed, min(turn_no), CASE WHEN max(turn_no) < any_value(last_no) THEN max(turn_no) END
FROM (
    SELECT *, turn_no - row_number() OVER (
        PARTITION BY month, site_code, url, title, published_on, date_origin, page_url, year_assumed ORDER BY turn_no) AS place
    FROM (FROM derived.home_entry JOIN derived.turn USING (run_id, site_code)) JOIN last_turn USING (month, site_code)
)
GROUP BY month, site_code, url, title, published_on, date_origin, page_url, year_assumed, place
ORDER BY ALL;

DROP TABLE met;
DROP TABLE last_turn;
DROP TABLE derived.link;
DROP TABLE derived.standing_page;
DROP TABLE derived.standing_check;
DROP TABLE derived.home_entry;
