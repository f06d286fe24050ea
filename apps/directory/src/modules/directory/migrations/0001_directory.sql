create schema directory;

-- Live entries: every participating State reads all of them, so that the read policy is constant and indexes work.
create table directory.entry (
  id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  kind text not null,
  language text not null,
  holder text not null check (holder in ('entity', 'representative')),
  entity_name text not null,
  entity_name_en text,
  entity_description text,
  entity_description_en text,
  person_name text,
  person_title text,
  person_title_en text,
  national_role text,
  national_role_en text,
  working_languages text[] not null default '{}',
  time_zone text,
  office_opens text,
  office_closes text,
  office_days integer[] not null default '{}',
  always_reachable boolean not null default false,
  cert_profile text,
  card_only text[] not null default '{}',
  on_behalf_reference text,
  last_answered_on text,
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index entry_state on directory.entry (state, kind);

create table directory.address (
  id uuid primary key,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  channel text not null check (channel in ('email', 'phone')),
  value text not null,
  label text,
  extension text,
  urgent boolean not null default false,
  position integer not null,
  changed_at timestamptz not null
);
create index address_entry on directory.address (entry_id, position);

-- What is known of an address, a ladder: only the State itself and the manager see it (RULE-3).
create table directory.known (
  address_id uuid not null,
  state text not null,
  rung text not null check (rung in ('delivered', 'answered', 'confirmed', 'answered-out-of-hours')),
  at timestamptz not null,
  primary key (address_id, rung)
);

create table directory.withdrawn_entry (
  id uuid primary key,
  state text not null,
  kind text not null,
  content jsonb not null,
  withdrawn_at timestamptz not null,
  erase_at timestamptz not null
);
create index withdrawn_state on directory.withdrawn_entry (state);

do $$
declare each text;
begin
  foreach each in array array['entry', 'address', 'known', 'withdrawn_entry'] loop
    execute format('alter table directory.%I enable row level security', each);
    execute format('alter table directory.%I force row level security', each);
  end loop;
end $$;
grant usage on schema directory to parley_participant, parley_manager, parley_worker;

grant select, insert, update, delete on directory.entry, directory.address to parley_participant, parley_manager;
grant select, update on directory.entry to parley_worker;
grant select on directory.address to parley_worker;

create policy read_live on directory.entry for select to parley_participant, parley_manager, parley_worker using (true);
create policy add_own on directory.entry for insert to parley_participant with check (state = current_setting('parley.state', true));
create policy change_own on directory.entry for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy withdraw_own on directory.entry for delete to parley_participant using (state = current_setting('parley.state', true));
create policy add on directory.entry for insert to parley_manager with check (true);
create policy change on directory.entry for update to parley_manager, parley_worker using (true) with check (true);
create policy withdraw on directory.entry for delete to parley_manager using (true);

create policy read_live on directory.address for select to parley_participant, parley_manager, parley_worker using (true);
create policy add_own on directory.address for insert to parley_participant with check (state = current_setting('parley.state', true));
create policy change_own on directory.address for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy withdraw_own on directory.address for delete to parley_participant using (state = current_setting('parley.state', true));
create policy add on directory.address for insert to parley_manager with check (true);
create policy change on directory.address for update to parley_manager using (true) with check (true);
create policy withdraw on directory.address for delete to parley_manager using (true);

grant select on directory.known to parley_participant, parley_manager;
grant select, insert, update, delete on directory.known to parley_worker;
create policy own on directory.known for select to parley_participant using (state = current_setting('parley.state', true));
create policy see on directory.known for select to parley_manager using (true);
create policy every on directory.known to parley_worker using (true) with check (true);

grant select, insert, delete on directory.withdrawn_entry to parley_participant, parley_manager;
grant select, delete on directory.withdrawn_entry to parley_worker;
create policy own on directory.withdrawn_entry to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on directory.withdrawn_entry to parley_manager, parley_worker using (true) with check (true);
