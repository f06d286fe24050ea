-- The highest rung of the ladder: reached in an exercise.
alter table directory.known drop constraint known_rung_check;
alter table directory.known add constraint known_rung_check
  check (rung in ('delivered', 'answered', 'confirmed', 'answered-out-of-hours', 'exercised'));
