-- To whom a Mission delegates its entries: a POC of its State who adds, changes and withdraws them as it does.
create table directory.delegation (
  id uuid primary key,
  state text not null,
  account_id uuid not null,
  given_at timestamptz not null,
  ended_at timestamptz
);
create unique index delegation_live on directory.delegation (state, account_id) where ended_at is null;

alter table directory.delegation enable row level security;
alter table directory.delegation force row level security;
grant select, insert, update (ended_at) on directory.delegation to parley_participant;
grant select on directory.delegation to parley_manager;
grant select, delete on directory.delegation to parley_worker;
create policy own on directory.delegation to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy see on directory.delegation for select to parley_manager using (true);
create policy every on directory.delegation to parley_worker using (true) with check (true);
