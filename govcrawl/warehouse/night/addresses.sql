-- The addresses that were asked for, or stand, on $as_of.
FROM derived.addresses_of('night.pages')
WHERE as_of = $as_of
