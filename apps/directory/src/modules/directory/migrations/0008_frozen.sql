-- While a State's entries are frozen nobody changes them, neither the State nor the manager; a State that leaves does.
create policy unless_frozen on directory.entry as restrictive for insert to parley_participant, parley_manager
  with check (not exists (select from community.frozen where frozen.state = entry.state));
create policy unless_frozen_change on directory.entry as restrictive for update to parley_participant, parley_manager
  using (not exists (select from community.frozen where frozen.state = entry.state));
create policy unless_frozen_withdraw on directory.entry as restrictive for delete to parley_participant, parley_manager
  using (not exists (select from community.frozen where frozen.state = entry.state));
create policy unless_frozen on directory.address as restrictive for insert to parley_participant, parley_manager
  with check (not exists (select from community.frozen where frozen.state = address.state));
create policy unless_frozen_change on directory.address as restrictive for update to parley_participant, parley_manager
  using (not exists (select from community.frozen where frozen.state = address.state));
create policy unless_frozen_withdraw on directory.address as restrictive for delete to parley_participant, parley_manager
  using (not exists (select from community.frozen where frozen.state = address.state));
