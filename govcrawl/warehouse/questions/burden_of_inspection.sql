-- What does an inspection burden a site with, night by night?
-- column as_of: inspected day
-- column sites: sites
-- column median_requests: median requests to a site
-- column most_requests: most to one site
-- column requests_per_page: requests for pages and link targets for each address that opened, second attempts apart, all sites together
SELECT as_of, count(*) AS sites, median(requests) AS median_requests, max(requests) AS most_requests,
    round(sum(page_requests - second_attempts) / sum(existing_pages), 2) AS requests_per_page
FROM courtesy
GROUP BY as_of
ORDER BY as_of
