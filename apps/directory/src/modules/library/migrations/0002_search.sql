-- CAP-12: what a search compares of each paragraph, made anew whenever its document is kept.
create table library.passage (
  id integer generated always as identity primary key,
  document uuid not null,
  position integer not null,
  -- Of its document, so that a filter reads one row: the year it bears, and the kind and language.
  language text not null,
  kind text not null,
  year smallint,
  is_damaged boolean not null,
  -- Its words in order as they are compared, between spaces: phrases are looked for in them.
  words text not null,
  unique (document, position),
  foreign key (document, position) references library.node (document, position) on delete cascade
);

-- Which words stand in which passage, and how much that says of it: read from the most telling on, as many as are ranked.
create table library.posting (
  passage integer not null references library.passage (id) on delete cascade,
  token text not null check (token <> '' and length(token) <= 60),
  impact smallint not null check (impact > 0),
  primary key (passage, token) include (impact)
);
create index posting_token on library.posting (token, impact desc, passage);

do $$
declare each text;
begin
  foreach each in array array['passage', 'posting'] loop
    execute format('alter table library.%I enable row level security', each);
    execute format('alter table library.%I force row level security', each);
    execute format('grant select on library.%I to parley_public, parley_participant, parley_manager, parley_worker', each);
    execute format('create policy read on library.%I for select to parley_public, parley_participant, parley_manager, parley_worker using (true)', each);
    execute format('grant insert, update, delete on library.%I to parley_manager, parley_worker', each);
    execute format('create policy keep on library.%I to parley_manager, parley_worker using (true) with check (true)', each);
  end loop;
end $$;
