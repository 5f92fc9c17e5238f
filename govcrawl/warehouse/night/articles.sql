-- The pages read on $as_of, home pages aside.
FROM derived.articles_of('night.pages')
WHERE as_of = $as_of
