-- What a regional organization offered to a member State, and what became of it. What was offered is the proposal of the
-- same id, which the State alone reads and settles; the organization lays it down and never sees it again.
create table directory.offer (
  id uuid primary key,
  organization text not null,
  state text not null check (state ~ '^[A-Z]{2}$'),
  kind text not null,
  offered_at timestamptz not null,
  outcome text not null default 'open' check (outcome in ('open', 'accepted', 'declined', 'lapsed')),
  settled_at timestamptz,
  -- When the State's Mission was told of it; of others of the same day it is not.
  told_at timestamptz
);
create index offer_organization on directory.offer (organization, offered_at);
create index offer_state on directory.offer (state, told_at);

-- Whether the person in whose matter the transaction works acts for a regional organization.
create function directory.acts_for(organization text) returns boolean stable language sql
  return exists (
    select from accounts.holding h
    where h.account_id = nullif(current_setting('parley.account', true), '')::uuid
      and h.role = 'regional' and h.organization = acts_for.organization and h.ended_at is null
  );

alter table directory.offer enable row level security;
alter table directory.offer force row level security;
grant usage on schema directory to parley_public;
grant select, insert on directory.offer to parley_public;
grant select on directory.offer to parley_participant, parley_manager;
grant update (outcome, settled_at) on directory.offer to parley_participant, parley_manager;
grant select, insert, update, delete on directory.offer to parley_worker;
create policy own_organization on directory.offer for select to parley_public using (directory.acts_for(organization));
create policy offered on directory.offer for insert to parley_public
  with check (directory.acts_for(organization) and outcome = 'open');
create policy own_state on directory.offer to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
create policy every on directory.offer to parley_manager, parley_worker using (true) with check (true);

grant insert on directory.proposal to parley_public;
create policy offered on directory.proposal for insert to parley_public with check (
  exists (
    select from directory.offer o
    where o.id = proposal.id and o.state = proposal.state and o.outcome = 'open' and directory.acts_for(o.organization)
  )
);

select platform.people_write('directory');
