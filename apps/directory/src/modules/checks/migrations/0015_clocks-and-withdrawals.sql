-- A delay notice stops the clock of a check until something reaches it; a message is retried for 72 hours from its
-- first try; a State that withdrew an entry meanwhile is not followed up for it.
alter table checks.message add column delayed_at timestamptz, add column tried_at timestamptz;
alter table checks.check add column withdrawn_at timestamptz;
update checks.message set tried_at = queued_at where attempts > 0;
