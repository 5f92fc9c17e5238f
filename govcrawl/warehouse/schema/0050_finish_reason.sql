-- The end of a visit was described by a word that never occurs, and without one that does.
COMMENT ON COLUMN raw.site_visit.finish_reason IS 'finished, budget_spent, home_unreachable or crashed';
