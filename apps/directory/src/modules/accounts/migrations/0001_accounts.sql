create schema accounts;

create table accounts.account (
  id uuid primary key,
  email text not null unique,
  name text not null,
  language text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);

-- A person may hold several roles and acts in one at a time.
create table accounts.holding (
  id uuid primary key,
  account_id uuid not null references accounts.account (id),
  role text not null check (role in ('manager', 'mission', 'diplomatic', 'technical')),
  state text check (state ~ '^[A-Z]{2}$'),
  since timestamptz not null,
  ended_at timestamptz,
  check ((role = 'manager') = (state is null))
);
create unique index holding_once on accounts.holding (account_id, role, coalesce(state, '')) where ended_at is null;
create index holding_state on accounts.holding (state);

create table accounts.passkey (
  id text primary key,
  account_id uuid not null references accounts.account (id),
  public_key text not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_account on accounts.passkey (account_id);

create table accounts.password (
  account_id uuid primary key references accounts.account (id),
  hash text not null,
  totp_secret text not null,
  totp_last_step bigint not null default 0
);

create table accounts.one_time_code (
  digest text primary key,
  account_id uuid not null references accounts.account (id),
  used_at timestamptz
);
create index one_time_code_account on accounts.one_time_code (account_id);

create table accounts.invitation (
  id uuid primary key,
  token_digest text not null unique,
  email text not null,
  role text not null,
  state text,
  telephone_code_digest text,
  telephone_tries integer not null default 0,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitation_state on accounts.invitation (state);

create table accounts.session (
  digest text primary key,
  account_id uuid not null references accounts.account (id),
  name text not null,
  role text not null,
  state text,
  created_at timestamptz not null,
  proven_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  idle_minutes integer not null,
  ended_at timestamptz
);
create index session_account on accounts.session (account_id);

do $$
declare each text;
begin
  foreach each in array array['account', 'holding', 'passkey', 'password', 'one_time_code', 'invitation', 'session'] loop
    execute format('alter table accounts.%I enable row level security', each);
    execute format('alter table accounts.%I force row level security', each);
  end loop;
end $$;
grant usage on schema accounts to parley_public, parley_participant, parley_manager, parley_worker;

-- A session is found by the digest of its key, and by nothing else.
grant select, update on accounts.session to parley_public;
create policy by_key on accounts.session to parley_public using (digest = current_setting('parley.key', true));
-- Somebody signed in ends the own session; beginning one is left to the sign-in itself.
grant select, insert, update on accounts.session to parley_participant, parley_manager, parley_worker;
create policy every on accounts.session to parley_manager, parley_worker using (true) with check (true);
create policy own on accounts.session to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
grant select, insert, update, delete on accounts.account, accounts.holding, accounts.passkey, accounts.password,
  accounts.one_time_code, accounts.invitation to parley_worker;
create policy every on accounts.account to parley_worker using (true) with check (true);
create policy every on accounts.holding to parley_worker using (true) with check (true);
create policy every on accounts.passkey to parley_worker using (true) with check (true);
create policy every on accounts.password to parley_worker using (true) with check (true);
create policy every on accounts.one_time_code to parley_worker using (true) with check (true);
create policy every on accounts.invitation to parley_worker using (true) with check (true);
