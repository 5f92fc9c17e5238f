-- Days the registry of $as_of calls worked or free, against the built-in calendar.
SELECT day AS working_on, working
FROM night_working_day
WHERE as_of = $as_of
ORDER BY day
