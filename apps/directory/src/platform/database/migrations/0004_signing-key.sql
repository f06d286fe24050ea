-- The key that checks are signed with ends soon.
alter table platform.condition drop constraint condition_name_check;
alter table platform.condition add constraint condition_name_check
  check (name in ('disk-nearly-full', 'relay-unreachable', 'clock-set-back', 'signing-key-ends'));
