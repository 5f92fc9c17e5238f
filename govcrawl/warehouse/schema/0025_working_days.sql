-- Working days that the user knows better than the calendar the project comes with.
CREATE TABLE raw.working_day (
    registry_sha256 VARCHAR NOT NULL,
    day DATE NOT NULL,
    working BOOLEAN NOT NULL
);
COMMENT ON TABLE raw.working_day IS 'One day of one registry on which offices work or rest, whatever the built-in calendar says.';
COMMENT ON COLUMN raw.working_day.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.working_day.day IS 'The civil day (日期), e.g. 2027-02-06';
COMMENT ON COLUMN raw.working_day.working IS 'Offices work on it (是否工作日)';
