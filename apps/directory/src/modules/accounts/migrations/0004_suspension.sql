-- One manager may suspend an account, or everybody who acts for a State, for 72 hours at most. Those concerned read it.
create table accounts.suspension (
  id uuid primary key,
  account_id uuid references accounts.account (id),
  state text check (state ~ '^[A-Z]{2}$'),
  reason text not null,
  by_name text not null,
  began_at timestamptz not null,
  until timestamptz not null,
  lifted_at timestamptz,
  check ((account_id is null) <> (state is null)),
  check (until > began_at and until <= began_at + interval '72 hours')
);
create index suspension_account on accounts.suspension (account_id);
create index suspension_state on accounts.suspension (state);
alter table accounts.suspension enable row level security;
alter table accounts.suspension force row level security;
grant select, insert, update, delete on accounts.suspension to parley_worker;
create policy every on accounts.suspension to parley_worker using (true) with check (true);
grant select on accounts.suspension to parley_public, parley_participant;
grant select, insert on accounts.suspension to parley_manager;
grant update (lifted_at) on accounts.suspension to parley_manager;
create policy every_for_manager on accounts.suspension to parley_manager using (true) with check (true);
create policy own_state on accounts.suspension for select to parley_participant using (
  state = accounts.own_state() or account_id = accounts.own()
  or exists (select from accounts.holding h where h.account_id = suspension.account_id and h.state = accounts.own_state())
);
create policy own on accounts.suspension for select to parley_public using (
  account_id = accounts.own()
  or exists (select from accounts.holding h where h.account_id = accounts.own() and h.state = suspension.state)
);

-- Whether a user whom nobody saw for 12 months still belongs: asked once, answered by the Mission.
create table accounts.still_here (
  holding_id uuid primary key references accounts.holding (id),
  state text not null check (state ~ '^[A-Z]{2}$'),
  asked_at timestamptz not null,
  answered_at timestamptz
);
alter table accounts.still_here enable row level security;
alter table accounts.still_here force row level security;
grant select, insert, update, delete on accounts.still_here to parley_worker;
create policy every on accounts.still_here to parley_worker using (true) with check (true);
grant select on accounts.still_here to parley_participant, parley_manager;
grant update (answered_at) on accounts.still_here to parley_participant;
create policy own_state on accounts.still_here to parley_participant
  using (state = accounts.own_state()) with check (state = accounts.own_state());
create policy every_for_manager on accounts.still_here for select to parley_manager using (true);
