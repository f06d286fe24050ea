-- Which of the State's own entries should answer instead, as whoever answered said.
alter table checks.check add column instead uuid;
grant update (instead) on checks.check to parley_public;
