-- The messages of a round are counted while it runs; without this, those of all earlier rounds are read for it.
create index message_round on checks.message (round_id);
