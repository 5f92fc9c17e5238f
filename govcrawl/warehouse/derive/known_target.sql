-- derived.known_target and the checks that stand after one links run.
CREATE OR REPLACE TEMP TABLE standing_check_spell_now AS
SELECT DISTINCT '' AS site_code, l.target_url, k.check_run_id
FROM raw.run AS r
JOIN derived.link AS l ON l.run_id = r.of_run AND l.visit_outcome IS NULL
JOIN derived.known_target AS k ON k.target_url = l.target_url AND k.checked_on < r.as_of
ANTI JOIN raw.link_check AS c ON c.run_id = $run_id AND c.target_url = l.target_url
WHERE r.run_id = $run_id;

CREATE OR REPLACE TEMP TABLE checked AS
SELECT c.target_url, r.as_of, c.outcome IN (SELECT word FROM words.outcome WHERE ok) AND len(c.attempts) = 1 AS opened
FROM raw.link_check AS c
JOIN raw.run AS r USING (run_id)
WHERE c.run_id = $run_id AND len(c.attempts) > 0;

DELETE FROM derived.known_target AS k
USING checked AS c
WHERE c.target_url = k.target_url AND c.as_of >= k.checked_on;

INSERT INTO derived.known_target
SELECT target_url, $run_id, as_of, opened
FROM checked ANTI JOIN derived.known_target USING (target_url);
