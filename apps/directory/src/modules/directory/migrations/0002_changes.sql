-- A change of addresses, numbers or keys while it may still be disputed: what stood there before. For the State and the manager.
create table directory.contact_change (
  id uuid primary key,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  former jsonb not null,
  -- The addresses that came by the same change.
  successors uuid[] not null default '{}',
  changed_at timestamptz not null,
  shown_until timestamptz not null,
  erase_at timestamptz not null,
  -- What a stranger presents who follows the link of the notice; written when the notice is.
  link_digest text unique,
  link_ends_at timestamptz not null,
  disputed_at timestamptz,
  decided_at timestamptz,
  outcome text check (outcome in ('kept', 'compromised', 'restored'))
);
create index contact_change_entry on directory.contact_change (entry_id, changed_at);
create index contact_change_erase on directory.contact_change (erase_at);

-- What the contact card shows everybody of it: for seven days, or while it is disputed. In no list and no export.
create table directory.shown_former (
  id uuid primary key,
  change_id uuid not null references directory.contact_change (id) on delete cascade,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  what text not null check (what in ('email', 'phone', 'key')),
  value text not null,
  extension text,
  successors uuid[] not null default '{}',
  shown_until timestamptz not null,
  disputed boolean not null default false
);
create index shown_former_entry on directory.shown_former (entry_id);
create index shown_former_change on directory.shown_former (change_id);

-- A new address that has not answered yet: on the contact card alone, so it stands apart from what lists read (RULE-3).
create table directory.unanswered_address (
  address_id uuid primary key references directory.address (id) on delete cascade,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  since timestamptz not null
);
create index unanswered_address_entry on directory.unanswered_address (entry_id);

-- The one message to a new address that asks it to answer. For the State and the manager; a stranger by the link.
create table directory.verification (
  address_id uuid primary key references directory.address (id) on delete cascade,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  link_digest text not null unique,
  link_ends_at timestamptz not null,
  sent_at timestamptz not null,
  answered_at timestamptz
);

-- How often an address was written to that nobody asked there: a keyed digest, whatever entries name it.
create table directory.unasked_mail (
  digest text not null,
  purpose text not null check (purpose in ('verification', 'warning', 'person')),
  last_at timestamptz not null,
  unanswered integer not null,
  -- A letter that is handed over again is no second one.
  last_delivery text not null,
  primary key (digest, purpose)
);

-- Which persons were told that an entry names them, as keyed digests.
create table directory.told_person (
  entry_id uuid not null references directory.entry (id) on delete cascade,
  digest text not null,
  delivery text not null,
  primary key (entry_id, digest)
);

do $$
declare each text;
begin
  foreach each in array array['contact_change', 'shown_former', 'unanswered_address', 'verification', 'unasked_mail', 'told_person'] loop
    execute format('alter table directory.%I enable row level security', each);
    execute format('alter table directory.%I force row level security', each);
    execute format('create policy every on directory.%I to parley_worker using (true) with check (true)', each);
    execute format('grant select, insert, update, delete on directory.%I to parley_worker', each);
  end loop;
end $$;
grant usage on schema directory to parley_public;

-- The State decides of its own changes; the manager reads them and decides none.
grant select, insert on directory.contact_change to parley_participant, parley_manager;
grant update (decided_at, outcome) on directory.contact_change to parley_participant;
grant select (id, entry_id, state, link_digest, link_ends_at, disputed_at, decided_at), update (disputed_at)
  on directory.contact_change to parley_public;
create policy own on directory.contact_change to parley_participant
  using (state = current_setting('parley.state', true))
  with check (
    state = current_setting('parley.state', true)
    and exists (select from directory.entry where entry.id = entry_id and entry.state = contact_change.state));
create policy see on directory.contact_change for select to parley_manager using (true);
create policy note on directory.contact_change for insert to parley_manager with check (link_digest is null and disputed_at is null and decided_at is null);
create policy by_link on directory.contact_change to parley_public
  using (link_digest = current_setting('parley.key', true)) with check (link_digest = current_setting('parley.key', true));

grant select, insert, update (disputed), delete on directory.shown_former to parley_participant;
grant select, insert, delete on directory.shown_former to parley_manager;
create policy read_shown on directory.shown_former for select to parley_participant, parley_manager using (true);
create policy note_own on directory.shown_former for insert to parley_participant with check (
  state = current_setting('parley.state', true)
  and exists (select from directory.entry where entry.id = entry_id and entry.state = shown_former.state));
create policy decide_own on directory.shown_former for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy hide_own on directory.shown_former for delete to parley_participant using (state = current_setting('parley.state', true));
create policy note on directory.shown_former for insert to parley_manager with check (not disputed);
-- A value that a State uses again is no former one; what is disputed stays until the Mission decides.
create policy used_again on directory.shown_former for delete to parley_manager using (not disputed);

grant select, insert on directory.unanswered_address to parley_participant, parley_manager;
create policy read_live on directory.unanswered_address for select to parley_participant, parley_manager using (true);
create policy note_own on directory.unanswered_address for insert to parley_participant with check (
  state = current_setting('parley.state', true)
  and exists (select from directory.address where address.id = address_id and address.state = unanswered_address.state));
create policy note on directory.unanswered_address for insert to parley_manager with check (true);

grant select on directory.verification to parley_participant, parley_manager;
grant select (address_id, entry_id, state, link_digest, link_ends_at, answered_at), update (answered_at)
  on directory.verification to parley_public;
create policy own on directory.verification for select to parley_participant using (state = current_setting('parley.state', true));
create policy see on directory.verification for select to parley_manager using (true);
create policy by_link on directory.verification to parley_public
  using (link_digest = current_setting('parley.key', true)) with check (link_digest = current_setting('parley.key', true));
