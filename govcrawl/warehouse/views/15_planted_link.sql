CREATE VIEW planted_link AS
SELECT DISTINCT run_id, site_code, url AS origin_url, unnest(list_transform(anchors, lambda each: each.url)) AS target_url
FROM planted
WHERE kind IN ('hidden', 'shown') AND doubt IS NULL;

COMMENT ON VIEW planted_link IS 'One row per planted link and page: it is told as hidden-link or spam-injection, and no second time as a link that is dead, wrong or not approved.';
