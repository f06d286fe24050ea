-- A form whose session had ended, kept a few minutes for the browser that sent it. Strangers lay down and take up one:
-- whoever presents the session's key replaces that session's form; whoever presents the browser's key takes it.
create table accounts.kept_form (
  session text primary key references accounts.session (digest) on delete cascade,
  digest text not null unique,
  account_id uuid not null references accounts.account (id),
  sealed text not null check (length(sealed) <= 1500000),
  expires_at timestamptz not null
);
alter table accounts.kept_form enable row level security;
alter table accounts.kept_form force row level security;
grant select, insert, update, delete on accounts.kept_form to parley_worker, parley_public;
create policy every on accounts.kept_form to parley_worker using (true) with check (true);
create policy found on accounts.kept_form for select to parley_public
  using (session = accounts.presented() or digest = accounts.presented());
create policy laid_down on accounts.kept_form for insert to parley_public with check (session = accounts.presented());
create policy replaced on accounts.kept_form for update to parley_public
  using (session = accounts.presented() or digest = accounts.presented()) with check (session = accounts.presented());
create policy taken on accounts.kept_form for delete to parley_public using (digest = accounts.presented());
