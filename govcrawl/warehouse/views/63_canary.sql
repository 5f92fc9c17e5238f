CREATE VIEW canary AS
SELECT run_id, task, looked_at, names_asked, names_resolved, addresses_asked, addresses_answered,
    clock_ahead_s, resolved_to
FROM raw.canary;

COMMENT ON VIEW canary IS 'One row per task of an availability or links run: whether our own side was in order.';
COMMENT ON COLUMN canary.run_id IS 'Run under way, e.g. 20261122T020000Z-availability';
COMMENT ON COLUMN canary.task IS 'Its task, e.g. b00';
COMMENT ON COLUMN canary.looked_at IS 'Instant (UTC) of the look';
COMMENT ON COLUMN canary.names_asked IS 'Names nobody can have registered, asked of the name servers; none where every name is sent elsewhere by --resolve';
COMMENT ON COLUMN canary.names_resolved IS 'Of these, how many got an address all the same';
COMMENT ON COLUMN canary.addresses_asked IS 'Addresses of the setting CANARY_URLS that were asked for';
COMMENT ON COLUMN canary.addresses_answered IS 'Of these, how many gave any answer';
COMMENT ON COLUMN canary.clock_ahead_s IS 'Our clock minus the median clock of the hosts that answered, in seconds; null below three hosts';
COMMENT ON COLUMN canary.resolved_to IS 'Address a name nobody registered was given';
