-- Whether a spell of turns, from since_no to until_no (null: it goes on), holds a turn. See govcrawl/warehouse/spells.py.
CREATE OR REPLACE MACRO derived.holds(since_no, until_no, turn_no) AS
    since_no <= turn_no AND (until_no IS NULL OR turn_no <= until_no);
