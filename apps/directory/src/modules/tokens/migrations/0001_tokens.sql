create schema tokens;

-- What a State's own system presents. The secret itself stands nowhere: only its keyed digest.
create table tokens.token (
  id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  name text not null check (name <> ''),
  scopes text[] not null check (cardinality(scopes) > 0),
  digest text not null unique,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  suspended_until timestamptz,
  suspended_because text,
  last_used_at timestamptz,
  last_used_from text,
  -- What was used of the hour that began: counts alone, never which entries (RULE-12).
  hour_began_at timestamptz not null,
  requests integer not null default 0,
  states_listed integer not null default 0,
  cards_read integer not null default 0
);
create index token_state on tokens.token (state, issued_at);

alter table tokens.token enable row level security;
alter table tokens.token force row level security;
grant usage on schema tokens to parley_public, parley_participant, parley_manager, parley_worker;

-- A system is a stranger until its token is found: it reaches that one row.
grant select on tokens.token to parley_public;
grant update (last_used_at, last_used_from, hour_began_at, requests, states_listed, cards_read) on tokens.token
  to parley_public;
create policy by_secret on tokens.token to parley_public
  using (digest = nullif(current_setting('parley.key', true), ''));

grant select, insert on tokens.token to parley_participant;
grant update (ended_at, states_listed, cards_read) on tokens.token to parley_participant;
create policy own on tokens.token to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));

grant select on tokens.token to parley_manager;
grant update (suspended_until, suspended_because) on tokens.token to parley_manager;
create policy every on tokens.token to parley_manager using (true) with check (true);

grant select, insert, update, delete on tokens.token to parley_worker;
create policy work on tokens.token to parley_worker using (true) with check (true);
