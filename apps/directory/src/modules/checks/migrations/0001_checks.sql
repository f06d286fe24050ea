create schema checks;

create table checks.round (
  id uuid primary key,
  number integer not null unique,
  status text not null check (status in ('running', 'paused', 'stopped', 'closed')),
  started_at timestamptz not null,
  started_by text not null,
  answer_within_hours integer not null,
  remind_after_hours integer not null,
  paused_at timestamptz,
  paused_for_ms double precision not null default 0,
  closed_at timestamptz
);

-- One entry in one round. The address is not here: results outlive addresses.
create table checks.check (
  id uuid primary key,
  round_id uuid not null references checks.round (id),
  state text not null,
  entry_id uuid not null,
  kind text not null,
  language text not null,
  status text not null check (status in ('waiting', 'answered', 'answered-late', 'no-answer', 'undeliverable', 'not-sent')),
  reachable_by text not null check (reachable_by in ('email', 'phone')),
  clock_started_at timestamptz,
  answered_at timestamptz,
  answered_by text check (answered_by in ('button', 'reply', 'typed-code', 'signed-in', 'telephone')),
  relation text check (relation in ('same-address', 'same-domain', 'elsewhere')),
  remark text check (remark in ('correct', 'wrong')),
  unique (round_id, entry_id)
);
create index check_state on checks.check (state, round_id);
create index check_entry on checks.check (entry_id);
create index check_open on checks.check (round_id) where status = 'waiting';

-- One address of a check: its own code and Message-ID. This table is the queue of what is to be sent.
create table checks.message (
  id uuid primary key,
  check_id uuid not null references checks.check (id),
  round_id uuid not null references checks.round (id),
  state text not null,
  address_id uuid not null,
  address text not null,
  code_digest text not null unique,
  status text not null check (status in ('queued', 'sending', 'sent', 'delivered', 'failed', 'not-sent')),
  queued_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  cause text check (cause in ('dead-address', 'mailbox-full', 'ours', 'other')),
  reminder text not null default 'none' check (reminder in ('none', 'queued', 'sending', 'sent', 'dropped')),
  reminder_due_at timestamptz
);
create index message_check on checks.message (check_id);
create index message_due on checks.message (due_at) where status in ('queued', 'sending');
create index message_reminder_due on checks.message (reminder_due_at) where reminder in ('queued', 'sending');

-- What came in: never a subject, a body or an attachment (RULE-1).
create table checks.received (
  id text primary key,
  at timestamptz not null,
  verdict text not null,
  relation text,
  check_id uuid references checks.check (id)
);

create table checks.call (
  id uuid primary key,
  check_id uuid not null references checks.check (id),
  state text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('answered', 'left-message', 'no-answer')),
  called_by text not null
);
create index call_check on checks.call (check_id);

create table checks.follow_up (
  id uuid primary key,
  round_id uuid not null references checks.round (id),
  state text not null,
  opened_at timestamptz not null,
  next_action_on text not null,
  closed_at timestamptz,
  closed_by text check (closed_by in ('updated', 'confirmed', 'left')),
  unique (round_id, state)
);
create index follow_up_open on checks.follow_up (state) where closed_at is null;

create table checks.attempt (
  id uuid primary key,
  follow_up_id uuid not null references checks.follow_up (id),
  state text not null,
  on_date text not null,
  authority text not null check (authority in ('competent-authority', 'mission')),
  channel text not null check (channel in ('email', 'telephone', 'letter', 'meeting')),
  outcome text not null check (outcome in ('reached', 'not-reached', 'promised-update')),
  recorded_at timestamptz not null
);
create index attempt_follow_up on checks.attempt (follow_up_id);

do $$
declare each text;
begin
  foreach each in array array['round', 'check', 'message', 'received', 'call', 'follow_up', 'attempt'] loop
    execute format('alter table checks.%I enable row level security', each);
    execute format('alter table checks.%I force row level security', each);
  end loop;
end $$;
grant usage on schema checks to parley_public, parley_participant, parley_manager, parley_worker;

-- A stranger who presents a code reaches that code's message, its check and its round; nothing else.
grant select (id, check_id, round_id, state, address_id, code_digest) on checks.message to parley_public;
grant select on checks.check to parley_public;
grant select (id, number, status, started_at, answer_within_hours, remind_after_hours, paused_at, paused_for_ms, closed_at)
  on checks.round to parley_public;
grant update (status, answered_at, answered_by, remark) on checks.check to parley_public;
create policy by_code on checks.message for select to parley_public using (code_digest = current_setting('parley.key', true));
create policy by_code on checks.check to parley_public
  using (id in (select check_id from checks.message where code_digest = current_setting('parley.key', true)));
-- The dates of the rounds are public: a message of a check says that they are announced.
create policy dates_public on checks.round for select to parley_public using (true);

grant select on checks.round, checks.check, checks.message, checks.call, checks.follow_up, checks.attempt to parley_participant;
grant update on checks.check, checks.follow_up to parley_participant;
create policy dates on checks.round for select to parley_participant using (true);
create policy own on checks.check to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy own on checks.message for select to parley_participant using (state = current_setting('parley.state', true));
create policy own on checks.call for select to parley_participant using (state = current_setting('parley.state', true));
create policy own on checks.follow_up to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy own on checks.attempt for select to parley_participant using (state = current_setting('parley.state', true));

grant select, insert, update, delete on checks.round, checks.check, checks.message, checks.received, checks.call,
  checks.follow_up, checks.attempt to parley_manager, parley_worker;
create policy every on checks.round to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.check to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.message to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.received to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.call to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.follow_up to parley_manager, parley_worker using (true) with check (true);
create policy every on checks.attempt to parley_manager, parley_worker using (true) with check (true);
