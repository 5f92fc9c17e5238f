-- A fault of a page that was not due stands as it was: the day it was last seen.
ALTER TABLE raw.finding ADD COLUMN observed_on DATE;
COMMENT ON COLUMN raw.finding.observed_on IS 'Civil day it was last seen; before the day of the assessment where its page was not due; null in assessments of before 2026-11-28, which saw it on their day';
