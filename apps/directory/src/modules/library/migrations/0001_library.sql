create schema library;

-- A document in one language: its source, untouched, and what was told with it.
create table library.document (
  id uuid primary key,
  symbol text not null check (symbol <> '' and length(symbol) <= 100),
  language text not null check (language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
  kind text not null check (kind in ('resolution', 'draft-resolution', 'report', 'other')),
  title text not null,
  -- ISO 8601: a day has no time zone.
  dated text check (dated ~ '^\d{4}-\d{2}-\d{2}$'),
  became_symbol text,
  source text not null,
  -- SHA-256 of the source, hex: the same file again is the same document.
  source_digest text not null check (source_digest ~ '^[0-9a-f]{64}$'),
  damage jsonb not null,
  doubts jsonb not null,
  imported_at timestamptz not null,
  unique (symbol, language)
);

create table library.node (
  document uuid not null references library.document (id) on delete cascade,
  position integer not null check (position >= 0),
  parent integer,
  kind text not null,
  label text,
  address text not null,
  -- Start and end by turns, in UTF-16 code units of the source.
  spans integer[] not null,
  text text not null,
  notes text[] not null,
  -- On which page of the reading it stands, from 1.
  page integer not null check (page > 0),
  primary key (document, position),
  unique (document, address),
  foreign key (document, parent) references library.node (document, position) on delete cascade
);

create index node_page on library.node (document, page);

create table library.citation (
  document uuid not null,
  ordinal integer not null,
  position integer not null,
  starts_at integer not null,
  ends_at integer not null,
  printed text not null,
  symbol text not null,
  place text,
  primary key (document, ordinal),
  foreign key (document, position) references library.node (document, position) on delete cascade
);
create index citation_symbol on library.citation (symbol);

do $$
declare each text;
begin
  foreach each in array array['document', 'node', 'citation'] loop
    execute format('alter table library.%I enable row level security', each);
    execute format('alter table library.%I force row level security', each);
    -- OEW-12: the documents are public; the directory manager keeps them.
    execute format('grant select on library.%I to parley_public, parley_participant, parley_manager, parley_worker', each);
    execute format('create policy read on library.%I for select to parley_public, parley_participant, parley_manager, parley_worker using (true)', each);
    execute format('grant insert, update, delete on library.%I to parley_manager, parley_worker', each);
    execute format('create policy keep on library.%I to parley_manager, parley_worker using (true) with check (true)', each);
  end loop;
end $$;
grant usage on schema library to parley_public, parley_participant, parley_manager, parley_worker;
