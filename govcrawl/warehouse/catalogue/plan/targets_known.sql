-- Link targets that opened at once when they were last checked, within the last days: each comes round in $within_days nights.
SELECT ('0x' || md5(target_url)[1:16])::UBIGINT AS number
FROM derived.known_target
WHERE opened AND checked_on < $as_of AND checked_on + (1 + hash(target_url) % $within_days::INTEGER)::INTEGER > $as_of
ORDER BY number
