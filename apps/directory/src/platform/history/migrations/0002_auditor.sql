-- An auditor reads what happened and the chain, never what was written: contents are the States' own.
-- Of the contents there is a right to ask and no policy: no row answers.
grant select on history.act, history.seal, history.content to parley_auditor;
create policy read_all_for_audit on history.act for select to parley_auditor using (true);
create policy read_for_audit on history.seal for select to parley_auditor using (true);
