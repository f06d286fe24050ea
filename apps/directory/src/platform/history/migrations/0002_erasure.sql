-- That something was erased, and nothing of it: whoever restores an older backup erases it again.
create table history.erasure (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  subject text not null
);
create index erasure_at on history.erasure (at);
alter table history.erasure enable row level security;
alter table history.erasure force row level security;
grant select, insert on history.erasure to parley_worker;
create policy every on history.erasure to parley_worker using (true) with check (true);
create trigger append_only before update or delete or truncate on history.erasure
  for each statement execute function history.refuse_change();
