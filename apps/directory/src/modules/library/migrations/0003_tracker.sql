-- What paragraphs ask for: of each recommended next step and each operative paragraph, what it does, whom it asks and by when.
create table library.step (
  document uuid not null,
  position integer not null,
  kind text not null check (kind in ('operative', 'next-step')),
  -- The title of the section above it, as printed: later documents name a step by it.
  section text not null,
  acts jsonb not null,
  sessions integer[] not null,
  -- ISO 8601: a year, a month or a day.
  dates text[] not null,
  primary key (document, position),
  foreign key (document, position) references library.node (document, position) on delete cascade
);

-- Which step of an earlier document a paragraph says that it carries on.
create table library.carried_step (
  document uuid not null,
  ordinal integer not null,
  position integer not null,
  symbol text not null,
  section text not null,
  step integer not null,
  primary key (document, ordinal),
  foreign key (document, position) references library.node (document, position) on delete cascade
);
create index carried_step_symbol on library.carried_step (symbol);

-- What became of a step. By its permanent address, so that it stays when the document is kept anew.
create table library.step_state (
  id uuid primary key,
  symbol text not null,
  address text not null,
  state text not null check (state in ('open', 'done', 'superseded')),
  evidence text check (evidence ~ '^https?://' and length(evidence) <= 500),
  changed_at timestamptz not null,
  unique (symbol, address)
);

do $$
declare each text;
begin
  foreach each in array array['step', 'carried_step', 'step_state'] loop
    execute format('alter table library.%I enable row level security', each);
    execute format('alter table library.%I force row level security', each);
    -- OEW-16: the road map is public; the directory manager keeps it.
    execute format('grant select on library.%I to parley_public, parley_participant, parley_manager, parley_worker', each);
    execute format('create policy read on library.%I for select to parley_public, parley_participant, parley_manager, parley_worker using (true)', each);
  end loop;
  foreach each in array array['step', 'carried_step'] loop
    execute format('grant insert, update, delete on library.%I to parley_manager, parley_worker', each);
    execute format('create policy keep on library.%I to parley_manager, parley_worker using (true) with check (true)', each);
  end loop;
  -- What became of a step, a person says: nobody else, and nobody takes it away.
  execute 'grant insert, update on library.step_state to parley_manager';
  execute 'create policy follow on library.step_state to parley_manager using (true) with check (true)';
end $$;
