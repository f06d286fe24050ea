-- Entries are found by tokens that are compared by equality (docs/adr/0011). `folding` says by which version of the
-- program they were made; the duty `fold-entries` makes them anew where it is older.
alter table directory.entry
  add column tokens text[] not null default '{}',
  add column folding integer not null default 0;
create index entry_tokens on directory.entry using gin (tokens);
create index entry_folding on directory.entry (folding);
drop index directory.entry_working_languages;

-- One State's entries of a kind, in the order in which they are shown.
create index entry_in_order on directory.entry (state, kind, created_at, id);
drop index directory.entry_state;

-- What a search compares, and nothing else of an entry.
grant update (search, tokens, folding) on directory.entry to parley_worker;
create policy fold on directory.entry for update to parley_worker using (true) with check (true);
