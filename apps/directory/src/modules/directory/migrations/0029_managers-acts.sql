-- Accepted for a State by two managers, a proposal is settled by them.
grant delete on directory.proposal to parley_manager;

-- What a second manager allowed one to take, once and within a day. The file is made when it is taken, and kept nowhere.
create table directory.allowed_export (
  id uuid primary key,
  account_id uuid not null,
  -- Empty for all that take part, and for all kinds.
  states text[] not null,
  kinds text[] not null,
  format text not null check (format in ('csv', 'vcard', 'json')),
  ends_at timestamptz not null,
  taken_at timestamptz
);
create index allowed_export_account on directory.allowed_export (account_id, ends_at);

alter table directory.allowed_export enable row level security;
alter table directory.allowed_export force row level security;
grant select, insert on directory.allowed_export to parley_manager;
grant update (taken_at) on directory.allowed_export to parley_manager;
grant select, insert, delete on directory.allowed_export to parley_worker;
-- Whoever allows it is not the one who takes it.
create policy allow on directory.allowed_export for insert to parley_manager with check (taken_at is null);
create policy own on directory.allowed_export for select to parley_manager
  using (account_id::text = current_setting('parley.account', true));
create policy take on directory.allowed_export for update to parley_manager
  using (account_id::text = current_setting('parley.account', true) and taken_at is null)
  with check (account_id::text = current_setting('parley.account', true));
create policy every on directory.allowed_export to parley_worker using (true) with check (true);
