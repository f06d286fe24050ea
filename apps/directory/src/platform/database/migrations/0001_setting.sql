-- What this database is; written once, at its beginning.
create table platform.setting (
  name text primary key,
  value text not null
);
alter table platform.setting enable row level security;
alter table platform.setting force row level security;
grant usage on schema platform to parley_public, parley_participant, parley_manager, parley_worker;
grant select, insert on platform.setting to parley_worker;
create policy every on platform.setting to parley_worker using (true) with check (true);
