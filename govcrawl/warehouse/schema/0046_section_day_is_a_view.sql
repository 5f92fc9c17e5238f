-- derived.entry_seen knows the day of every entry by now, so what a section published on which day is a question to it.
DROP TABLE derived.section_day;
