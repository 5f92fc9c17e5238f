-- The pages of one visit as it saw or knew them; of their lists the lengths.
SELECT * EXCLUDE (entries, new_links, link_nos), len(entries)::INTEGER AS entries, len(link_nos)::INTEGER AS links
FROM derived.visited_page
WHERE run_id = $run_id
