-- How many cards a person opened in an hour, never whose (RULE-12): all processes share the count. Gone an hour later.
create table directory.cards_opened (
  account_id uuid primary key,
  since timestamptz not null,
  cards integer not null
);
create index cards_opened_since on directory.cards_opened (since);

alter table directory.cards_opened enable row level security;
alter table directory.cards_opened force row level security;
grant select, insert, update on directory.cards_opened to parley_participant;
grant select, delete on directory.cards_opened to parley_worker;
create policy own on directory.cards_opened to parley_participant
  using (account_id::text = current_setting('parley.account', true))
  with check (account_id::text = current_setting('parley.account', true));
create policy every on directory.cards_opened to parley_worker using (true);

select platform.people_write('directory');
