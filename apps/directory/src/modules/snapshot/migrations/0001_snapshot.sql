create schema snapshot;

-- The signing keys, one after the other. The private halves stand nowhere: they are derived from the secret.
create table snapshot.key (
  generation integer primary key check (generation > 0),
  public_key text not null unique check (public_key ~ '^[0-9a-f]{64}$'),
  since timestamptz not null,
  -- By the key before; none for the first one, or for one that begins anew.
  signature text
);

-- Unlogged: made anew from what is live within minutes, so no backup holds people who were withdrawn since. Numbers follow
-- the clock and go on rising.
create unlogged table snapshot.issue (
  number bigint primary key check (number > 0),
  issued_at timestamptz not null,
  -- Of what stands in it, without number, dates and checkpoint.
  content text not null,
  digest text not null,
  size bigint not null,
  public_key text not null,
  signature text not null,
  replaced_at timestamptz
);

-- The file, part by part, so that nobody who sends it holds it whole.
create unlogged table snapshot.part (
  number bigint not null references snapshot.issue (number) on delete cascade,
  position integer not null,
  text text not null,
  primary key (number, position)
);

do $$
declare each text;
begin
  foreach each in array array['key', 'issue', 'part'] loop
    execute format('alter table snapshot.%I enable row level security', each);
    execute format('alter table snapshot.%I force row level security', each);
  end loop;
end $$;

grant usage on schema snapshot to parley_public, parley_participant, parley_manager, parley_worker;
grant select on snapshot.key to parley_public, parley_participant, parley_manager, parley_worker;
grant insert on snapshot.key to parley_worker;
create policy every on snapshot.key to parley_public, parley_participant, parley_manager, parley_worker
  using (true) with check (true);

-- A State's system reads it as a participant; whether its token was issued for that, the door asks.
grant select on snapshot.issue, snapshot.part to parley_participant, parley_worker;
grant insert, delete on snapshot.issue, snapshot.part to parley_worker;
grant update (replaced_at) on snapshot.issue to parley_worker;
create policy read on snapshot.issue for select to parley_participant using (true);
create policy work on snapshot.issue to parley_worker using (true) with check (true);
create policy read on snapshot.part for select to parley_participant using (true);
create policy work on snapshot.part to parley_worker using (true) with check (true);
