create schema directory;

-- Live entries: every participating State reads all of them, so that the read policy is constant and indexes work.
create table directory.entry (
  id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  kind text not null,
  language text not null,
  holder text not null check (holder in ('entity', 'representative')),
  entity_name text not null check (entity_name <> ''),
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
  -- The texts that a list may show, folded as they are compared.
  search text not null,
  on_behalf_reference text,
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index entry_state on directory.entry (state, kind);
create index entry_working_languages on directory.entry using gin (working_languages);

create table directory.address (
  id uuid primary key,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  channel text not null check (channel in ('email', 'phone')),
  value text not null,
  label text,
  extension text,
  urgent boolean not null default false,
  card_only boolean not null default false,
  position integer not null,
  changed_at timestamptz not null
);
create index address_entry on directory.address (entry_id, position);
create index address_state on directory.address (state, value);

-- The month in which an entry last answered: on the contact card alone, so it stands apart from what lists read (RULE-3).
create table directory.last_answered (
  entry_id uuid primary key references directory.entry (id) on delete cascade,
  state text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$')
);

-- What is known of an address, a ladder: only the State itself and the manager see it (RULE-3).
create table directory.known (
  address_id uuid not null references directory.address (id) on delete cascade,
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
  -- What left with its State comes back with it.
  reason text not null check (reason in ('withdrawn', 'left')),
  withdrawn_at timestamptz not null,
  erase_at timestamptz not null
);
create index withdrawn_state on directory.withdrawn_entry (state);
create index withdrawn_erase on directory.withdrawn_entry (erase_at);

do $$
declare each text;
begin
  foreach each in array array['entry', 'address', 'last_answered', 'known', 'withdrawn_entry'] loop
    execute format('alter table directory.%I enable row level security', each);
    execute format('alter table directory.%I force row level security', each);
  end loop;
end $$;
grant usage on schema directory to parley_participant, parley_manager, parley_worker;

grant select, insert, update, delete on directory.entry, directory.address to parley_participant, parley_manager;
-- The worker writes none, but takes away and brings back the entries of a State that leaves or returns.
grant select, insert, delete on directory.entry, directory.address to parley_worker;

create policy read_live on directory.entry for select to parley_participant, parley_manager, parley_worker using (true);
create policy add_own on directory.entry for insert to parley_participant with check (state = current_setting('parley.state', true));
create policy change_own on directory.entry for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy withdraw_own on directory.entry for delete to parley_participant using (state = current_setting('parley.state', true));
create policy add on directory.entry for insert to parley_manager, parley_worker with check (true);
create policy change on directory.entry for update to parley_manager using (true) with check (true);
create policy withdraw on directory.entry for delete to parley_manager, parley_worker using (true);

-- An address belongs to an entry of the same State: nobody hangs one on another State's entry.
create policy read_live on directory.address for select to parley_participant, parley_manager, parley_worker using (true);
create policy add_own on directory.address for insert to parley_participant with check (
  state = current_setting('parley.state', true)
  and exists (select from directory.entry where entry.id = entry_id and entry.state = address.state));
create policy change_own on directory.address for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (
    state = current_setting('parley.state', true)
    and exists (select from directory.entry where entry.id = entry_id and entry.state = address.state));
create policy withdraw_own on directory.address for delete to parley_participant using (state = current_setting('parley.state', true));
create policy add on directory.address for insert to parley_manager, parley_worker with check (true);
create policy change on directory.address for update to parley_manager using (true) with check (true);
create policy withdraw on directory.address for delete to parley_manager, parley_worker using (true);

grant select on directory.last_answered to parley_participant, parley_manager;
grant select, insert, update, delete on directory.last_answered to parley_worker;
create policy read_live on directory.last_answered for select to parley_participant, parley_manager using (true);
create policy every on directory.last_answered to parley_worker using (true) with check (true);

grant select on directory.known to parley_participant, parley_manager;
grant select, insert, update, delete on directory.known to parley_worker;
create policy own on directory.known for select to parley_participant using (state = current_setting('parley.state', true));
create policy see on directory.known for select to parley_manager using (true);
create policy every on directory.known to parley_worker using (true) with check (true);

-- A State lays its entry down here and sees it wait; taking it out is erasing or restoring, which are not its own.
grant select, insert on directory.withdrawn_entry to parley_participant, parley_manager;
grant select, insert, delete on directory.withdrawn_entry to parley_worker;
create policy own on directory.withdrawn_entry for select to parley_participant
  using (state = current_setting('parley.state', true));
create policy lay_down on directory.withdrawn_entry for insert to parley_participant
  with check (state = current_setting('parley.state', true));
create policy every on directory.withdrawn_entry to parley_manager, parley_worker using (true) with check (true);
