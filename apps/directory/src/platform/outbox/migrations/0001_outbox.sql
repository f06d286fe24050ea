create schema outbox;
create table outbox.delivery (
  id uuid primary key,
  event text not null,
  listener text not null,
  payload jsonb not null,
  emitted_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  fault text
);
create index delivery_due on outbox.delivery (due_at);
alter table outbox.delivery enable row level security;
alter table outbox.delivery force row level security;
grant usage on schema outbox to parley_public, parley_participant, parley_manager, parley_worker;
grant insert on outbox.delivery to parley_public, parley_participant, parley_manager;
grant select, insert, update, delete on outbox.delivery to parley_worker;
create policy emit on outbox.delivery for insert to parley_public, parley_participant, parley_manager with check (attempts = 0);
create policy relay on outbox.delivery to parley_worker using (true) with check (true);
