-- Link targets that a night before $as_of has checked.
SELECT ('0x' || md5(target_url)[1:16])::UBIGINT AS number
FROM derived.known_target
WHERE checked_on < $as_of
ORDER BY number
