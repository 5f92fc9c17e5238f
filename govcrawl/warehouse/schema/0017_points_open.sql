-- What a row can still move, so that a reader can follow floor and ceiling of a score row by row.

ALTER TABLE raw.indicator_result ADD COLUMN points_open DOUBLE DEFAULT NULL;
COMMENT ON COLUMN raw.indicator_result.points IS 'Points taken off or given for certain; null for a veto and for a row nothing is known of';
COMMENT ON COLUMN raw.indicator_result.points_open IS 'Points that can still move, because people or a measurement must decide them; 0 when the row is settled, null for a veto';
COMMENT ON COLUMN raw.indicator_result.count IS 'Faults counted (in a bonus row: things in order); null where people decide alone';
