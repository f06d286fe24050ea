-- A document that was brought and waits until a manager keeps it: its text, and what was told or read of it.
create table library.waiting (
  id uuid primary key,
  file text not null check (file <> '' and length(file) <= 255),
  symbol text not null,
  language text not null check (language in ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
  manifest jsonb not null,
  source text not null,
  doubts jsonb not null,
  remarks jsonb not null,
  brought_at timestamptz not null,
  unique (symbol, language)
);
alter table library.waiting enable row level security;
alter table library.waiting force row level security;
grant select, insert, update, delete on library.waiting to parley_manager, parley_worker;
create policy every on library.waiting to parley_manager, parley_worker using (true) with check (true);
