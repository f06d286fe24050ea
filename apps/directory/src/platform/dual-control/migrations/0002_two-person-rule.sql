-- A State may ask two of its own people for its entries and users: the same requests, decided within that State alone.
alter table dual_control.request add column whose text not null default 'managers' check (whose in ('managers', 'state'));
alter table dual_control.request add check (whose = 'managers' or state is not null);
-- Only who asked takes back; only another one decides. A request of a State is its draft: no manager reads it.
alter table dual_control.request add check (
  whose = 'managers' or outcome is null or (outcome = 'withdrawn') = (decided_by = asked_by)
);
create index request_of_state on dual_control.request (state) where whose = 'state';

drop policy every on dual_control.request;
create policy of_managers on dual_control.request to parley_manager using (whose = 'managers') with check (whose = 'managers');
create policy every on dual_control.request to parley_worker using (true) with check (true);
create policy of_own_state on dual_control.request for select to parley_participant
  using (whose = 'state' and state = nullif(current_setting('parley.state', true), ''));
create policy ask on dual_control.request for insert to parley_participant
  with check (whose = 'state' and state = nullif(current_setting('parley.state', true), '') and outcome is null
    and asked_by = nullif(current_setting('parley.account', true), '')::uuid);
create policy decide on dual_control.request for update to parley_participant
  using (whose = 'state' and state = nullif(current_setting('parley.state', true), '') and outcome is null)
  with check (whose = 'state' and state = nullif(current_setting('parley.state', true), '') and outcome is not null
    and decided_by = nullif(current_setting('parley.account', true), '')::uuid);

-- For what a State asks two people; no row: for nothing.
create table dual_control.own_rule (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  entries boolean not null,
  users boolean not null,
  changed_at timestamptz not null
);
alter table dual_control.own_rule enable row level security;
alter table dual_control.own_rule force row level security;
create policy own on dual_control.own_rule to parley_participant
  using (state = nullif(current_setting('parley.state', true), ''))
  with check (state = nullif(current_setting('parley.state', true), ''));
create policy every on dual_control.own_rule to parley_worker using (true) with check (true);

grant usage on schema dual_control to parley_participant;
grant select, insert on dual_control.request, dual_control.own_rule to parley_participant;
grant update (input, outcome, decided_by, decided_at) on dual_control.request to parley_participant;
grant update (entries, users, changed_at) on dual_control.own_rule to parley_participant;
grant select on dual_control.own_rule to parley_worker;
select platform.people_write('dual_control');
