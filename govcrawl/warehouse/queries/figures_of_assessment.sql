-- The figures of $assessment_id by $dimension (all, unit, region, level or kind), each member with all below it.
SELECT * EXCLUDE (assessment_id, dimension)
FROM figure
WHERE assessment_id = $assessment_id AND dimension = $dimension
ORDER BY member
