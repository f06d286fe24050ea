-- What somebody else would change of a State's entries, until the State accepts, declines, or 30 days have gone by.
create table directory.proposal (
  id uuid primary key,
  state text not null,
  kind text not null,
  -- The live entry that it was taken for, if one was; it may be gone since.
  entry_id uuid,
  -- Fields of the form as they were read: held against the live entry whenever they are looked at.
  fields jsonb not null,
  source text not null,
  proposed_at timestamptz not null,
  erase_at timestamptz not null
);
create index proposal_state on directory.proposal (state, proposed_at);
create index proposal_erase on directory.proposal (erase_at);

alter table directory.proposal enable row level security;
alter table directory.proposal force row level security;
grant select, delete on directory.proposal to parley_participant;
grant select, insert on directory.proposal to parley_manager;
grant select, insert, delete on directory.proposal to parley_worker;
create policy own on directory.proposal for select to parley_participant using (state = current_setting('parley.state', true));
create policy settle on directory.proposal for delete to parley_participant using (state = current_setting('parley.state', true));
create policy every on directory.proposal to parley_manager, parley_worker using (true) with check (true);
