create schema history;

-- What happened. Nothing personal stands here: contents enter as a digest under a key that can be erased.
create table history.act (
  id uuid primary key,
  at timestamptz not null,
  actor text not null,
  verb text not null,
  subject text not null,
  state text check (state ~ '^[A-Z]{2}$'),
  request_id text not null,
  digest text
);
create index act_state on history.act (state, at desc);
create index act_at on history.act (at desc);

create table history.subject_key (
  subject text primary key,
  state text,
  key text not null
);

create table history.content (
  act_id uuid primary key references history.act (id),
  subject text not null,
  state text,
  content jsonb not null
);
create index content_subject on history.content (subject);

-- Acts that wait for their place in the chain, in the order in which they were written.
create table history.pending (
  position bigint generated always as identity primary key,
  act_id uuid not null unique references history.act (id)
);

-- The order and the chain; written by the one sealer.
create table history.seal (
  seq bigint primary key,
  act_id uuid not null unique references history.act (id),
  hash text not null
);

create table history.checkpoint (
  seq bigint primary key references history.seal (seq),
  hash text not null,
  at timestamptz not null,
  key_id text not null,
  signature text not null
);

create function history.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history is append-only';
end $$;
create function history.await_seal() returns trigger language plpgsql as $$
begin
  insert into history.pending (act_id) values (new.id);
  return null;
end $$;
create trigger await_seal after insert on history.act for each row execute function history.await_seal();
create trigger append_only before update or delete or truncate on history.act for each statement execute function history.refuse_change();
create trigger append_only before update or delete or truncate on history.seal for each statement execute function history.refuse_change();
create trigger append_only before update or delete or truncate on history.checkpoint for each statement execute function history.refuse_change();

do $$
declare each text;
begin
  foreach each in array array['act', 'subject_key', 'content', 'pending', 'seal', 'checkpoint'] loop
    execute format('alter table history.%I enable row level security', each);
    execute format('alter table history.%I force row level security', each);
  end loop;
end $$;

grant usage on schema history to parley_public, parley_participant, parley_manager, parley_worker;
grant insert on history.act, history.pending to parley_public, parley_participant, parley_manager, parley_worker;
grant select on history.act, history.content, history.subject_key, history.seal to parley_participant, parley_manager, parley_worker;
grant select on history.checkpoint to parley_public, parley_participant, parley_manager, parley_worker;
grant insert on history.subject_key, history.content to parley_participant, parley_manager, parley_worker;
grant delete on history.subject_key, history.content to parley_worker;
grant select, delete on history.pending to parley_worker;
grant insert on history.seal, history.checkpoint to parley_worker;

-- An act of a State's user is that State's; a stranger's act names a State only through the code it presented.
create policy append on history.act for insert to parley_participant
  with check (state is null or state = current_setting('parley.state', true));
create policy append_any on history.act for insert to parley_public, parley_manager, parley_worker with check (true);
create policy read_own on history.act for select to parley_participant
  using (state = current_setting('parley.state', true));
create policy read_all on history.act for select to parley_manager, parley_worker using (true);

create policy own on history.subject_key to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on history.subject_key to parley_manager, parley_worker using (true) with check (true);
create policy own on history.content to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on history.content to parley_manager, parley_worker using (true) with check (true);
create policy await_seal on history.pending for insert to parley_public, parley_participant, parley_manager with check (true);
create policy every on history.pending to parley_worker using (true) with check (true);
create policy every on history.seal to parley_participant, parley_manager, parley_worker using (true) with check (true);
create policy every on history.checkpoint to parley_public, parley_participant, parley_manager, parley_worker using (true) with check (true);
