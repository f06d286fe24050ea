-- A round is closed page by page, in the order of the ids of what still waits.
create index check_waiting on checks.check (round_id, id) where status = 'waiting';
drop index checks.check_open;
