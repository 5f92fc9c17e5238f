-- Entries of any section listed on $as_of whose title reports what came of a consultation.
SELECT DISTINCT e.site_code, e.url, e.title
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_lists
    AND regexp_matches(e.title, '征求|征集|调查|问卷|听取|意见') AND regexp_matches(e.title, '结果|反馈|采纳|情况|汇总')
ORDER BY ALL
