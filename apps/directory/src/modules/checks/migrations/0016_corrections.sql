-- One correction of a round at most: why it was sent, since when, and whether it goes to those who had answered too.
alter table checks.round
  add column correction text,
  add column corrected_at timestamptz,
  add column corrects_answered boolean not null default false;
alter table checks.message
  add column correction text not null default 'none'
    check (correction in ('none', 'queued', 'sending', 'sent', 'dropped')),
  add column correction_due_at timestamptz;
create index message_correction_due on checks.message (correction_due_at) where correction in ('queued', 'sending');
