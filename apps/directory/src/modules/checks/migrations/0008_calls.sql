-- Whom a call reached, at which number, and who made it; the State may say that it was not so.
alter table checks.call add column number text not null default '';
alter table checks.call add column taken_by text not null default '';
alter table checks.call add column caller text not null default '';
alter table checks.call add column denied_at timestamptz;
grant update (denied_at) on checks.call to parley_participant;
create policy own_denied on checks.call for update to parley_participant
  using (state = current_setting('parley.state', true)) with check (state = current_setting('parley.state', true));
