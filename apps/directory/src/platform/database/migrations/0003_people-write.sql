-- A State's own system reads by a token and writes nothing: what a participant may write, a person writes. Each
-- module calls this for its schema, again when it adds a table.
create function platform.people_write(schema_name text) returns void language plpgsql as $$
declare each text;
begin
  for each in select tablename from pg_tables where schemaname = schema_name loop
    if exists (select from pg_policies where schemaname = schema_name and tablename = each and policyname = 'people_add') then
      continue;
    end if;
    execute format('create policy people_add on %I.%I as restrictive for insert to parley_participant
      with check (nullif(current_setting(''parley.account'', true), '''') is not null)', schema_name, each);
    execute format('create policy people_change on %I.%I as restrictive for update to parley_participant
      using (nullif(current_setting(''parley.account'', true), '''') is not null)', schema_name, each);
    execute format('create policy people_remove on %I.%I as restrictive for delete to parley_participant
      using (nullif(current_setting(''parley.account'', true), '''') is not null)', schema_name, each);
  end loop;
end $$;
