-- How the program is: kept in the database, because the process that finds it is not the one that tells the manager.
create table platform.duty_run (
  name text primary key,
  every_ms double precision not null,
  at timestamptz not null,
  succeeded_at timestamptz,
  fault text
);
create table platform.condition (
  name text not null check (name in ('disk-nearly-full', 'relay-unreachable', 'clock-set-back')),
  -- The machine that found it.
  place text not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (name, place)
);
do $$
declare each text;
begin
  foreach each in array array['duty_run', 'condition'] loop
    execute format('alter table platform.%I enable row level security', each);
    execute format('alter table platform.%I force row level security', each);
    execute format('grant select, insert, update, delete on platform.%I to parley_worker', each);
    execute format('grant select on platform.%I to parley_manager', each);
    execute format('create policy every on platform.%I to parley_worker using (true) with check (true)', each);
    execute format('create policy read on platform.%I for select to parley_manager using (true)', each);
  end loop;
end $$;
