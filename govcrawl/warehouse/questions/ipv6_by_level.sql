-- How many sites have an address of IPv6, by level of government?
-- column level: level of the site
-- column sites: sites whose addresses are known
-- column with_address: of these, with an address of IPv6
-- column opened: of these, that opened over it
WITH newest AS (
    SELECT site_code, arg_max(len(ipv6_addresses), checked_at) AS addresses, arg_max(ipv6_outcome, checked_at) AS outcome
    FROM host_check
    WHERE ipv6_known
    GROUP BY site_code
)
SELECT s.level, count(*) AS sites, count(*) FILTER (WHERE n.addresses > 0) AS with_address,
    count(*) FILTER (WHERE n.outcome IN (SELECT word FROM words.outcome WHERE opened)) AS opened
FROM newest AS n
JOIN site AS s USING (site_code)
GROUP BY s.level
ORDER BY s.level
