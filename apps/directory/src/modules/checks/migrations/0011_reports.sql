-- What the directory was when a round closed (A/78/265, Annex A, 17): the manager's, and no State's name stands in it.
create table checks.report (
  round_id uuid primary key references checks.round (id),
  made_at timestamptz not null,
  standing jsonb not null
);

-- RULE-3: what States are told of a round. Written once, when it closes: two versions of it would tell whose answer
-- came between them.
create table checks.totals (
  round_id uuid primary key references checks.round (id),
  made_at timestamptz not null,
  totals jsonb not null
);

alter table checks.report enable row level security;
alter table checks.report force row level security;
alter table checks.totals enable row level security;
alter table checks.totals force row level security;

grant select on checks.report to parley_manager;
grant select, insert on checks.report to parley_worker;
create policy see on checks.report for select to parley_manager using (true);
create policy every on checks.report to parley_worker using (true) with check (true);

grant select on checks.totals to parley_participant, parley_manager;
grant select, insert on checks.totals to parley_worker;
create policy told on checks.totals for select to parley_participant using (true);
create policy see on checks.totals for select to parley_manager using (true);
create policy every on checks.totals to parley_worker using (true) with check (true);

select platform.people_write('checks');
