CREATE VIEW canary AS
SELECT run_id, task, looked_at, names_asked, names_resolved, addresses_asked, addresses_answered,
    clock_ahead_s, resolved_to
FROM raw.canary;

COMMENT ON VIEW canary IS 'One row per task of an availability or links run: whether our own side was in order.';
