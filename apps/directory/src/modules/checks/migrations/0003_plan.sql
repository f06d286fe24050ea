-- When the next round begins, where the manager chose another date than the profile's; one row at most.
create table checks.plan (
  is_plan boolean primary key default true check (is_plan),
  due_at timestamptz not null
);
alter table checks.plan enable row level security;
alter table checks.plan force row level security;
-- The dates of the rounds are public, also of the one to come.
grant select on checks.plan to parley_public, parley_participant;
create policy dates on checks.plan for select to parley_public, parley_participant using (true);
grant select, insert, update, delete on checks.plan to parley_manager, parley_worker;
create policy every on checks.plan to parley_manager, parley_worker using (true) with check (true);

-- What a round was limited to. A round that was not is whole; those that were chosen one by one are counted.
alter table checks.round
  add column is_whole boolean not null default true,
  add column limited_kind text,
  add column limited_group text,
  add column chosen integer;
grant select (is_whole) on checks.round to parley_public;
select platform.people_write('checks');
