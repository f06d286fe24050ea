-- What concerns the whole community, such as dual control being switched off, is read by every State and written by
-- none of them.
create policy read_common on history.act for select to parley_participant using (subject = 'community');
drop policy append on history.act;
create policy append on history.act for insert to parley_participant with check (
  subject <> 'community' and (state is null or state = current_setting('parley.state', true)));
