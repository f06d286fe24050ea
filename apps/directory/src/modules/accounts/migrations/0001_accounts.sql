create schema accounts;

create table accounts.account (
  id uuid primary key,
  email text not null,
  name text not null,
  language text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index account_email on accounts.account (email) where ended_at is null;

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
  -- An unsigned 32-bit number: past integer, and bigint is read differently by the two engines.
  counter double precision not null,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_account on accounts.passkey (account_id);

create table accounts.password (
  account_id uuid primary key references accounts.account (id),
  hash text not null,
  totp_secret text not null,
  totp_last_step integer not null
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
  name text not null,
  language text not null,
  role text not null check (role in ('manager', 'mission', 'diplomatic', 'technical')),
  state text check (state ~ '^[A-Z]{2}$'),
  telephone_code_digest text,
  telephone_tries integer not null default 0,
  invited_by text not null,
  inviter_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  check ((role = 'manager') = (state is null))
);
create index invitation_state on accounts.invitation (state);

create table accounts.session (
  digest text primary key,
  account_id uuid not null references accounts.account (id),
  name text not null,
  role text not null,
  state text,
  method text not null check (method in ('passkey', 'password')),
  created_at timestamptz not null,
  proven_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  idle_minutes integer not null,
  ended_at timestamptz
);
create index session_account on accounts.session (account_id);

-- A challenge is accepted once. Only those that were answered are kept, until they would have lapsed anyway.
create table accounts.spent_ticket (
  digest text primary key,
  expires_at timestamptz not null
);

do $$
declare each text;
begin
  foreach each in array array['account', 'holding', 'passkey', 'password', 'one_time_code', 'invitation', 'session',
    'spent_ticket'] loop
    execute format('alter table accounts.%I enable row level security', each);
    execute format('alter table accounts.%I force row level security', each);
    execute format('grant select, insert, update, delete on accounts.%I to parley_worker', each);
    execute format('create policy every on accounts.%I to parley_worker using (true) with check (true)', each);
  end loop;
end $$;
grant usage on schema accounts to parley_public, parley_participant, parley_manager, parley_worker;

-- The account in whose matter a transaction works: found by what a stranger presented, or that of the session.
create function accounts.own() returns uuid stable language sql
  return nullif(current_setting('parley.account', true), '')::uuid;
-- The digest, address or credential that was presented.
create function accounts.presented() returns text stable language sql
  return nullif(current_setting('parley.key', true), '');
create function accounts.own_state() returns text stable language sql
  return nullif(current_setting('parley.state', true), '');

-- Invitations: a stranger reaches the one whose token it holds; a State its own; the manager all.
grant select on accounts.invitation to parley_public;
grant update (telephone_tries, used_at) on accounts.invitation to parley_public;
grant select, insert, update on accounts.invitation to parley_participant, parley_manager;
create policy by_token on accounts.invitation to parley_public using (token_digest = accounts.presented());
create policy own_state on accounts.invitation to parley_participant
  using (state = accounts.own_state()) with check (state = accounts.own_state());
create policy every_for_manager on accounts.invitation to parley_manager using (true) with check (true);

-- Accounts: found by the address presented at sign-in; made and given a role only as the presented invitation says.
grant select, insert on accounts.account, accounts.holding to parley_public;
grant update (ended_at) on accounts.account to parley_public;
grant select on accounts.account, accounts.holding to parley_participant, parley_manager;
grant update (ended_at) on accounts.holding to parley_participant, parley_manager;
create policy by_address on accounts.account for select to parley_public
  using (email = accounts.presented() or id = accounts.own());
create policy replaced on accounts.account for update to parley_public using (id = accounts.own());
create policy invited on accounts.account for insert to parley_public with check (
  id = accounts.own() and exists (
    select from accounts.invitation i
    where i.token_digest = accounts.presented() and i.used_at is null and i.ended_at is null and i.email = account.email
  )
);
create policy own on accounts.holding for select to parley_public using (account_id = accounts.own());
create policy invited on accounts.holding for insert to parley_public with check (
  account_id = accounts.own() and exists (
    select from accounts.invitation i
    where i.token_digest = accounts.presented() and i.used_at is null and i.ended_at is null
      and i.role = holding.role and i.state is not distinct from holding.state
  )
);
create policy own_or_state on accounts.holding for select to parley_participant
  using (account_id = accounts.own() or state = accounts.own_state());
create policy end_own_state on accounts.holding for update to parley_participant
  using (state = accounts.own_state()) with check (state = accounts.own_state());
create policy every_for_manager on accounts.holding to parley_manager using (true) with check (true);
create policy own_or_state on accounts.account for select to parley_participant using (
  id = accounts.own()
  or exists (select from accounts.holding h where h.account_id = account.id and h.state = accounts.own_state())
);
create policy every_for_manager on accounts.account for select to parley_manager using (true);

-- What proves a person is read and written in that person's own matter only: by no State, by no manager.
grant select, insert, update, delete on accounts.passkey, accounts.password, accounts.one_time_code
  to parley_public, parley_participant, parley_manager;
create policy own on accounts.passkey to parley_public, parley_participant, parley_manager
  using (account_id = accounts.own()) with check (account_id = accounts.own());
create policy by_credential on accounts.passkey for select to parley_public using (id = accounts.presented());
create policy own on accounts.password to parley_public, parley_participant, parley_manager
  using (account_id = accounts.own()) with check (account_id = accounts.own());
create policy own on accounts.one_time_code to parley_public, parley_participant, parley_manager
  using (account_id = accounts.own()) with check (account_id = accounts.own());

-- Sessions: found by the digest of the key; begun in the person's own matter; a State ends those of its users.
grant select, insert on accounts.session to parley_public, parley_participant, parley_manager;
grant update (last_seen_at, proven_at, ended_at) on accounts.session to parley_public, parley_participant, parley_manager;
create policy by_key on accounts.session for select to parley_public using (digest = accounts.presented());
create policy use_by_key on accounts.session for update to parley_public using (digest = accounts.presented());
create policy own on accounts.session to parley_public, parley_participant, parley_manager
  using (account_id = accounts.own()) with check (account_id = accounts.own());
create policy own_state on accounts.session for select to parley_participant using (state = accounts.own_state());
create policy end_own_state on accounts.session for update to parley_participant using (state = accounts.own_state());
create policy every_for_manager on accounts.session for select to parley_manager using (true);
create policy end_every on accounts.session for update to parley_manager using (true);

grant insert on accounts.spent_ticket to parley_public, parley_participant, parley_manager;
create policy spend on accounts.spent_ticket for insert to parley_public, parley_participant, parley_manager with check (true);
