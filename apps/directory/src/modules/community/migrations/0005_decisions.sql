-- What the directory manager decided about a State, with its reason: read by that State and told to its Mission.
create table community.decision (
  id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  what text not null check (what in ('access-ended', 'frozen', 'unfrozen', 'mission-changed')),
  reason text not null,
  at timestamptz not null,
  -- Where it is told; gone when it was.
  addresses text[] not null
);
create index decision_state on community.decision (state, at);

-- Entries that stay as they are: two authorities claim one State. That they do, every reader of an entry is told.
create table community.frozen (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  since timestamptz not null
);

do $$
declare each text;
begin
  foreach each in array array['decision', 'frozen'] loop
    execute format('alter table community.%I enable row level security', each);
    execute format('alter table community.%I force row level security', each);
    execute format('create policy every on community.%I to parley_manager, parley_worker using (true) with check (true)', each);
  end loop;
end $$;
grant select on community.decision, community.frozen to parley_participant, parley_manager, parley_worker;
grant insert on community.decision to parley_manager;
grant update (addresses) on community.decision to parley_worker;
grant insert, delete on community.frozen to parley_manager;
create policy own on community.decision for select to parley_participant
  using (state = current_setting('parley.state', true));
create policy read_live on community.frozen for select to parley_participant using (true);
