-- A POC is of a kind of the community's profile; an auditor, the Secretariat and the Chair belong to the whole
-- community; a regional organization and a stakeholder are named.
do $$
declare each text;
begin
  foreach each in array array['holding', 'invitation', 'session'] loop
    execute format('alter table accounts.%I add column kind text, add column organization text', each);
    execute format('alter table accounts.%I drop constraint if exists %I', each, each || '_role_check');
    execute format('alter table accounts.%I drop constraint if exists %I', each, each || '_check');
    execute format('update accounts.%I set kind = role, role = ''poc'' where role in (''diplomatic'', ''technical'')', each);
    execute format('alter table accounts.%I add constraint %I check (
      (role in (''manager'', ''auditor'', ''secretariat'', ''chair'') and state is null and kind is null and organization is null)
      or (role in (''mission'', ''contributor'') and state is not null and kind is null and organization is null)
      or (role = ''poc'' and state is not null and kind is not null and organization is null)
      or (role in (''regional'', ''stakeholder'') and state is null and kind is null and organization is not null))',
      each, each || '_role_check');
  end loop;
end $$;
drop index accounts.holding_once;
create unique index holding_once
  on accounts.holding (account_id, role, coalesce(state, ''), coalesce(kind, ''), coalesce(organization, ''))
  where ended_at is null;

drop policy invited on accounts.holding;
create policy invited on accounts.holding for insert to parley_public with check (
  account_id = accounts.own() and exists (
    select from accounts.invitation i
    where i.token_digest = accounts.presented() and i.used_at is null and i.ended_at is null
      and i.role = holding.role and i.state is not distinct from holding.state
      and i.kind is not distinct from holding.kind and i.organization is not distinct from holding.organization
  )
);
