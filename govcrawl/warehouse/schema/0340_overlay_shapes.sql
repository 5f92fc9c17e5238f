-- What overlays of provinces ask: accounts with scores, a draw of sites a month, rows with a day of their own.

ALTER TABLE raw.account_indicator_result ADD COLUMN points DOUBLE DEFAULT NULL;
ALTER TABLE raw.account_indicator_result ADD COLUMN max_points DOUBLE DEFAULT NULL;
ALTER TABLE raw.account_indicator_result ADD COLUMN points_open DOUBLE DEFAULT NULL;
ALTER TABLE raw.account_result ADD COLUMN score DOUBLE DEFAULT NULL;
ALTER TABLE raw.account_result ADD COLUMN score_floor DOUBLE DEFAULT NULL;
ALTER TABLE raw.account_result ADD COLUMN score_ceiling DOUBLE DEFAULT NULL;
ALTER TABLE raw.site_result ADD COLUMN drawn BOOLEAN DEFAULT NULL;
ALTER TABLE raw.indicator ADD COLUMN in_force DATE DEFAULT NULL;
