-- Entries that are no longer there, by nothing but their ids, for address books that are to follow (RFC 6578). Whoever
-- reads live entries saw them; erased after the retention period of a withdrawn entry.
create table directory.gone_entry (
  entry_id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  gone_at timestamptz not null
);
create index gone_entry_at on directory.gone_entry (gone_at);

alter table directory.gone_entry enable row level security;
alter table directory.gone_entry force row level security;
grant select, insert, update on directory.gone_entry to parley_participant, parley_manager;
grant select, insert, update, delete on directory.gone_entry to parley_worker;
create policy read_gone on directory.gone_entry for select to parley_participant, parley_manager using (true);
create policy note_own on directory.gone_entry for insert to parley_participant
  with check (state = current_setting('parley.state', true));
create policy note_own_again on directory.gone_entry for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy note on directory.gone_entry for insert to parley_manager with check (true);
create policy note_again on directory.gone_entry for update to parley_manager using (true) with check (true);
create policy every on directory.gone_entry to parley_worker using (true) with check (true);

-- What address books hold was withdrawn before this was noted: they take the whole book once more.
select platform.people_write('directory');
