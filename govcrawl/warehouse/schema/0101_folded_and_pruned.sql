-- Which old rounds lie folded, and which runs were removed on purpose.
CREATE TABLE raw.folded (
    file VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL,
    runs VARCHAR[] NOT NULL
);
COMMENT ON TABLE raw.folded IS 'A file of rounds of one day, all of which are loaded.';
COMMENT ON COLUMN raw.folded.file IS 'Its name in data/rounds, e.g. 2026-11-22.jsonl.zst';
COMMENT ON COLUMN raw.folded.sha256 IS 'SHA-256 of the file as it was loaded';
COMMENT ON COLUMN raw.folded.runs IS 'The rounds it holds';

CREATE TABLE raw.pruned (
    run_id VARCHAR PRIMARY KEY,
    pruned_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE raw.pruned IS 'A run whose records were removed by govcrawl prune.';
COMMENT ON COLUMN raw.pruned.run_id IS 'Run that was removed';
COMMENT ON COLUMN raw.pruned.pruned_at IS 'Instant (UTC) it was removed';
