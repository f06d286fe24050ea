-- What somebody says beside a paragraph. Kept by what it is beside, not by the document: it outlives an import.
create table library.annotation (
  id uuid primary key,
  symbol text not null check (symbol <> '' and length(symbol) <= 100),
  language text not null check (language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
  -- Below the symbol.
  address text not null check (address <> '' and length(address) <= 200),
  -- The words of the document that it is about; of the whole paragraph where null.
  printed text check (printed <> '' and length(printed) <= 400),
  text text not null check (text <> '' and length(text) <= 800),
  text_language text not null check (text_language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
  made_at timestamptz not null,
  withdrawn_at timestamptz
);
create index annotation_beside on library.annotation (symbol, language, made_at);

alter table library.annotation enable row level security;
alter table library.annotation force row level security;
-- Public like the documents. Withdrawn, never deleted, and its words are not changed.
grant select on library.annotation to parley_public, parley_participant, parley_manager, parley_worker;
create policy read on library.annotation for select to parley_public, parley_participant, parley_manager, parley_worker using (true);
grant insert on library.annotation to parley_manager;
create policy make on library.annotation for insert to parley_manager with check (withdrawn_at is null);
grant update (withdrawn_at) on library.annotation to parley_manager;
create policy withdraw on library.annotation for update to parley_manager using (withdrawn_at is null) with check (true);
