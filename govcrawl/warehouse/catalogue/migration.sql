-- The record of what was applied to this file; schema.py keeps it.
CREATE SCHEMA migration;
CREATE TABLE migration.applied (
    file VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE migration.applied IS 'One schema file that was applied to this warehouse; the row named views stands for all views together.';
COMMENT ON COLUMN migration.applied.file IS 'Name of the file in govcrawl/warehouse/schema, e.g. 0001_runs.sql';
COMMENT ON COLUMN migration.applied.sha256 IS 'SHA-256 of the file as it was applied';
