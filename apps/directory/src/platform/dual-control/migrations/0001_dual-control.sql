create schema dual_control;

-- What one manager asked for and another decides. The input goes with the decision: the history keeps what was done.
create table dual_control.request (
  id uuid primary key,
  act text not null,
  state text check (state ~ '^[A-Z]{2}$'),
  input jsonb,
  asked_by uuid not null,
  asker_name text not null,
  asked_at timestamptz not null,
  lapses_at timestamptz not null,
  outcome text check (outcome in ('approved', 'declined', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  check ((outcome is null) = (decided_at is null)),
  -- Two different managers: said by the database as well.
  check (outcome is distinct from 'approved' or decided_by <> asked_by)
);
create index request_open on dual_control.request (lapses_at) where outcome is null;

-- The last line says whether dual control is on; without one it begins with the second manager.
create table dual_control.switch (
  position bigint generated always as identity primary key,
  is_on boolean not null,
  at timestamptz not null
);

do $$
declare each text;
begin
  foreach each in array array['request', 'switch'] loop
    execute format('alter table dual_control.%I enable row level security', each);
    execute format('alter table dual_control.%I force row level security', each);
    execute format('create policy every on dual_control.%I to parley_manager, parley_worker using (true) with check (true)', each);
  end loop;
end $$;
grant usage on schema dual_control to parley_manager, parley_worker;
grant select, insert on dual_control.request, dual_control.switch to parley_manager, parley_worker;
grant update (input, outcome, decided_by, decided_at) on dual_control.request to parley_manager;
grant update (input) on dual_control.request to parley_worker;
grant delete on dual_control.request to parley_worker;
