-- A text with the numbers of persons masked: resident IDs of 18 and 15 digits, mobile numbers, bank cards that begin with 62; in
-- full-width digits too. A match takes the character behind it along, so each is looked for twice, or the second of two numbers
-- side by side would stay.
CREATE OR REPLACE MACRO derived.masked_once(text) AS
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(text,
        '(^|[^0-9０-９A-Za-z])([1-9１-９][0-9０-９]{5})[ -]?[12１２][0-9０-９]{3}[ -]?[0-9０-９]{2}[ -]?[0-9０-９]{2}[ -]?([0-9０-９]{3}[0-9０-９XxＸｘ])([^0-9０-９A-Za-z]|$)', '\1\2********\3\4', 'g'),
        '(^|[^0-9０-９A-Za-z])([1-9１-９][0-9０-９]{5})[0-9０-９]{2}[01０１][0-9０-９][0-3０-３][0-9０-９]([0-9０-９]{3})([^0-9０-９A-Za-z]|$)', '\1\2******\3\4', 'g'),
        '(^|[^0-9０-９A-Za-z])((?:86|８６)?[ -]?[1１][3-9３-９][0-9０-９])[ -]?[0-9０-９]{4}[ -]?([0-9０-９]{4})([^0-9０-９A-Za-z]|$)', '\1\2****\3\4', 'g'),
        '(^|[^0-9０-９A-Za-z])([6６][2２][0-9０-９]{2})[ -]?[0-9０-９]{4}[ -]?[0-9０-９]{4}(?:[ -]?[0-9０-９]{4})?[ -]?([0-9０-９]{1,4})([^0-9０-９A-Za-z]|$)', '\1\2********\3\4', 'g');

-- Whether a text holds digits enough for a number of a person: few do, and the others need no second look.
CREATE OR REPLACE MACRO derived.may_hold_number(text) AS regexp_matches(text, '[0-9０-９](?:[ -]?[0-9０-９]){10}');

CREATE OR REPLACE MACRO derived.masked(text) AS
    CASE WHEN derived.may_hold_number(text) THEN derived.masked_once(derived.masked_once(text)) ELSE text END;
