-- Who decides within a State is asked of the accounts: somebody who acts for its Mission now, whatever the program asks.
create function accounts.acts_for_mission(whose text) returns boolean stable language sql
  return exists (
    select from accounts.holding h
    where h.account_id = accounts.own() and h.state = whose and h.role = 'mission' and h.ended_at is null
  );
create policy by_the_mission on dual_control.request as restrictive for update to parley_participant
  using (true) with check (decided_by = asked_by or accounts.acts_for_mission(state));
create policy add_by_the_mission on dual_control.own_rule as restrictive for insert to parley_participant
  with check (accounts.acts_for_mission(state));
create policy change_by_the_mission on dual_control.own_rule as restrictive for update to parley_participant
  using (true) with check (accounts.acts_for_mission(state));
