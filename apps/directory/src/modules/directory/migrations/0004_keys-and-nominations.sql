-- Keys of entries: public parts alone. Read and written like addresses.
create table directory.key (
  id uuid primary key,
  entry_id uuid not null references directory.entry (id) on delete cascade,
  state text not null,
  scheme text not null check (scheme in ('openpgp', 'smime')),
  armored text not null check (armored !~ 'PRIVATE KEY'),
  fingerprint text not null,
  -- The user ids of an OpenPGP key that were kept; the subject of a certificate.
  names text[] not null,
  issuer text,
  expires_at timestamptz,
  warnings text[] not null default '{}',
  card_only boolean not null default false,
  added_at timestamptz not null,
  -- Of which expiry the State was told: each once.
  told text[] not null default '{}',
  unique (entry_id, scheme)
);
create index key_expires on directory.key (expires_at) where expires_at is not null;

alter table directory.key enable row level security;
alter table directory.key force row level security;
grant select, insert, delete on directory.key to parley_participant, parley_manager, parley_worker;
grant update (told) on directory.key to parley_worker;

create policy read_live on directory.key for select to parley_participant, parley_manager, parley_worker using (true);
create policy add_own on directory.key for insert to parley_participant with check (
  state = current_setting('parley.state', true)
  and exists (select from directory.entry where entry.id = entry_id and entry.state = key.state));
create policy remove_own on directory.key for delete to parley_participant using (state = current_setting('parley.state', true));
create policy add on directory.key for insert to parley_manager, parley_worker with check (true);
create policy remove on directory.key for delete to parley_manager, parley_worker using (true);
create policy tell on directory.key for update to parley_worker using (true) with check (true);

-- POC-38: the directories of regional organizations in which the State nominated the same POC.
alter table directory.entry add column also_nominated text[] not null default '{}';
