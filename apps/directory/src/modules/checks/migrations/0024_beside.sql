-- An office that names no working language of the community is written to in English, and beside it in the language of
-- its entry.
alter table checks.check add column beside text;
