-- Whom a State's Mission has given the right to read more than twenty States' entries at once.
create table directory.list_right (
  account_id uuid not null,
  state text not null check (state ~ '^[A-Z]{2}$'),
  given_at timestamptz not null,
  primary key (account_id, state)
);

-- How often a State's cards were opened by other States, by month: never by whom, never when (RULE-12).
create table directory.card_views (
  state text not null check (state ~ '^[A-Z]{2}$'),
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  views bigint not null,
  primary key (state, month)
);

do $$
declare each text;
begin
  foreach each in array array['list_right', 'card_views'] loop
    execute format('alter table directory.%I enable row level security', each);
    execute format('alter table directory.%I force row level security', each);
  end loop;
end $$;

grant select, insert, delete on directory.list_right to parley_participant;
grant select on directory.list_right to parley_manager, parley_worker;
create policy own on directory.list_right to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on directory.list_right to parley_manager, parley_worker using (true);

grant select on directory.card_views to parley_participant;
grant select, insert, update, delete on directory.card_views to parley_worker;
create policy own on directory.card_views for select to parley_participant
  using (state = current_setting('parley.state', true));
create policy every on directory.card_views to parley_worker using (true) with check (true);
