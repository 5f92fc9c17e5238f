-- Texts of pages are kept for a time of their own (`govcrawl prune --keep-texts-days`).
CREATE TABLE raw.pruned_text (
    run_id VARCHAR PRIMARY KEY,
    pruned_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE raw.pruned_text IS 'A run whose texts of pages were removed by govcrawl prune, with or without its other records.';
COMMENT ON COLUMN raw.pruned_text.run_id IS 'Run whose texts were removed';
COMMENT ON COLUMN raw.pruned_text.pruned_at IS 'Instant (UTC) they were removed';
