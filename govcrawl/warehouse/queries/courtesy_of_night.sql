-- What the night of $as_of burdened each site's host with, the most requests a page first.
SELECT site_code, host, requests, page_requests, existing_pages, second_attempts, requests_per_page, repeats, into_traps, busiest_second, busiest_hour, size_bytes
FROM courtesy
WHERE as_of = $as_of
ORDER BY requests_per_page DESC NULLS LAST, site_code
