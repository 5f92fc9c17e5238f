-- Texts that need not be written down again: those that a run of the last $days days before $as_of has. A text that is shown for
-- longer is written down anew then, so that no run is needed for ever.
SELECT sha256
FROM raw.page_text
GROUP BY sha256
HAVING max(first_seen_at) >= $as_of::DATE - $days::INTEGER
ORDER BY sha256
