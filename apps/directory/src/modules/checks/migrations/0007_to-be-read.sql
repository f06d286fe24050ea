-- Which message a mail seems to answer, and, once the manager has decided, the name of what must still be moved.
alter table checks.received add column message_id uuid references checks.message (id);
alter table checks.received add column lies_at text;
create index received_message on checks.received (message_id) where message_id is not null;
create index received_check on checks.received (check_id) where check_id is not null;
create index received_to_move on checks.received (lies_at) where lies_at is not null;

-- One row: how many mails wait to be read, and since when the intake stands still because of their number.
create table checks.intake (
  only_one boolean primary key default true check (only_one),
  waiting integer not null,
  stopped_at timestamptz
);
alter table checks.intake enable row level security;
alter table checks.intake force row level security;
grant select, insert, update on checks.intake to parley_manager, parley_worker;
create policy every on checks.intake to parley_manager, parley_worker using (true) with check (true);
select platform.people_write('checks');
