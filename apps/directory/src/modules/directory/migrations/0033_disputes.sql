-- That a former value is in wrong hands is said of each value: which ones, of those that a change took away.
alter table directory.contact_change
  add column compromised text[] not null default '{}',
  -- When the Mission was last reminded of a dispute that waits for it.
  add column reminded_at timestamptz;
alter table directory.contact_change no force row level security;
update directory.contact_change
  set compromised = array(select value ->> 'id' from jsonb_array_elements(former)), outcome = 'kept'
  where outcome = 'compromised';
alter table directory.contact_change force row level security;
alter table directory.contact_change drop constraint contact_change_outcome_check;
alter table directory.contact_change add check (outcome in ('kept', 'restored'));
grant update (compromised) on directory.contact_change to parley_participant;

-- A dispute that nobody decides outlives its former values: the card goes on saying that there is one (ADR 22).
alter table directory.shown_former alter column value drop not null;
