create schema community;

-- Participating means having been given access, with or without an entry (A/78/265, Annex A, 6).
create table community.participation (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  since timestamptz not null
);

-- How the Permanent Mission is reached: told of changes, invited, written to after silence.
create table community.mission (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  email text not null,
  telephone text,
  language text not null
);

-- Whom to contact in a State if its POCs do not answer (A/78/265, Annex A, 8).
create table community.competent_authority (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  name text not null,
  email text,
  telephone text
);

create table community.access_request (
  id uuid primary key,
  state text not null check (state ~ '^[A-Z]{2}$'),
  -- Of the note verbale: the Mission asks in writing, never in a browser.
  reference text not null,
  received_at timestamptz not null,
  mission_email text not null,
  mission_telephone text not null,
  language text not null,
  status text not null check (status in ('received', 'verified', 'issued', 'declined')),
  verified_at timestamptz,
  decided_at timestamptz,
  reason text,
  check ((status in ('issued', 'declined')) = (decided_at is not null)),
  check ((status = 'declined') = (reason is not null))
);
create index access_request_state on community.access_request (state);

do $$
declare each text;
begin
  foreach each in array array['participation', 'mission', 'competent_authority', 'access_request'] loop
    execute format('alter table community.%I enable row level security', each);
    execute format('alter table community.%I force row level security', each);
  end loop;
end $$;
grant usage on schema community to parley_public, parley_participant, parley_manager, parley_worker;

-- The public may count, not see who.
grant select (since) on community.participation to parley_public;
grant select, delete on community.participation to parley_participant;
grant select, insert, update, delete on community.participation to parley_manager, parley_worker;
create policy total on community.participation for select to parley_public using (true);
create policy see on community.participation for select to parley_participant using (true);
create policy leave on community.participation for delete to parley_participant
  using (state = current_setting('parley.state', true));
create policy every on community.participation to parley_manager, parley_worker using (true) with check (true);

grant select, insert, update on community.mission to parley_participant;
grant select, insert, update, delete on community.mission to parley_manager, parley_worker;
create policy own on community.mission to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on community.mission to parley_manager, parley_worker using (true) with check (true);

-- Other States read whom to contact when a State's POCs do not answer.
create policy read_named on community.competent_authority for select to parley_participant using (true);
grant select, insert, update, delete on community.competent_authority to parley_participant, parley_manager, parley_worker;
create policy own on community.competent_authority to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on community.competent_authority to parley_manager, parley_worker using (true) with check (true);

grant select on community.access_request to parley_participant;
grant select, insert, update on community.access_request to parley_manager;
create policy own on community.access_request for select to parley_participant
  using (state = current_setting('parley.state', true));
create policy every on community.access_request to parley_manager using (true) with check (true);
