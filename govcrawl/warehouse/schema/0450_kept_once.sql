-- What equals what stands beside it is not kept a second time. Where an answer came from the address that was asked for, the address of
-- arrival is empty (null: no answer came); a page that is the same as before has the hash of the reading it names.
CREATE OR REPLACE MACRO derived.elsewhere(arrived, asked) AS CASE WHEN arrived = asked THEN '' ELSE arrived END;
CREATE OR REPLACE MACRO derived.arrived(kept, asked) AS CASE WHEN kept = '' THEN asked ELSE kept END;

UPDATE raw.page SET body_sha256 = NULL WHERE same_as_run IS NOT NULL AND body_sha256 IS NOT NULL;
UPDATE raw.page SET final_url = '' WHERE final_url = url;
UPDATE raw.link_check
SET attempts = list_transform(attempts, lambda each: struct_update(each, final_url := derived.elsewhere(each.final_url, target_url)))
WHERE list_contains(list_transform(attempts, lambda each: each.final_url), target_url);
