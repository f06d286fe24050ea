import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Engine, OwnersQueries } from './database.ts'

/** A folder of `0001_<what>.sql` files, forward only. */
export interface MigrationFolder {
  readonly name: string
  readonly folder: URL
}

/** A file that ran on this database. */
export interface Applied {
  readonly module: string
  readonly file: string
  readonly digest: string
}

/** A file of this program. */
export interface Migration extends Applied {
  readonly statements: string
}

/**
 * Runs what has not run yet, folder by folder, all in one transaction: where one file fails, the version of the program
 * that was there before goes on with what it had. Fails when a file that ran before has changed since, or was taken away.
 */
export async function migrate(engine: Engine, folders: readonly MigrationFolder[]): Promise<number> {
  const files = await readMigrations(folders)
  let ran = 0
  await engine.asOwner(async (execute, owner) => {
    await execute('select pg_advisory_lock(7205759403792)')
    try {
      await execute(first)
      const applied = await listApplied(owner)
      for (const old of applied) {
        const file = files.find((each) => each.module === old.module && each.file === old.file)
        if (!file)
          throw new Error(`Migration ${old.module}/${old.file} ran here but is no longer part of the program`)
        if (file.digest !== old.digest)
          throw new Error(`Migration ${old.module}/${old.file} has changed since it ran`)
      }
      const ahead = files.filter(
        (file) => !applied.some((old) => old.module === file.module && old.file === file.file),
      )
      await execute('begin')
      for (const file of ahead) await execute(withNote(file))
      await execute('commit')
      ran = ahead.length
      await execute(letOwnerRead)
    } catch (fault) {
      await execute('rollback')
      throw fault
    } finally {
      await execute('select pg_advisory_unlock(7205759403792)')
    }
  })
  return ran
}

/** The statements of a file, and the note that it ran. */
export function withNote({ statements, module, file, digest }: Migration): string {
  return `${statements}\n;insert into platform.migration (module, file, digest) values ('${module}', '${file}', '${digest}');`
}

export async function listApplied(owner: OwnersQueries): Promise<readonly Applied[]> {
  const { rows } =
    await sql<Applied>`select module, file, digest from platform.migration order by at, module, file`.execute(
      owner,
    )
  return rows
}

/** In the order in which they run. */
export async function readMigrations(folders: readonly MigrationFolder[]): Promise<readonly Migration[]> {
  return (await Promise.all(folders.map(read))).flat()
}

async function read({ name, folder }: MigrationFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).sort()
  // What is passed over in silence is noticed when a table is missing.
  const odd = names.find((file) => !/^\d{4}_[a-z-]+\.sql$/.test(file))
  if (odd !== undefined) throw new Error(`Migration ${name}/${odd} is not named like 0001_what-it-does.sql`)
  return Promise.all(
    names.map(async (file) => {
      const statements = await readFile(new URL(file, folder), 'utf8')
      const digest = createHash('sha256').update(statements).digest('hex')
      return { module: name, file, statements, digest }
    }),
  )
}

/** Roles belong to the whole server, so another database may have made them already, or be at it right now. */
export const first = `
create schema if not exists platform;
create table if not exists platform.migration (
  module text not null, file text not null, digest text not null,
  at timestamptz not null default clock_timestamp(), primary key (module, file)
);
do $$
declare role_name text; login text := nullif(current_setting('parley.login', true), '');
begin
  foreach role_name in array array['parley_public', 'parley_participant', 'parley_auditor', 'parley_manager', 'parley_worker'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
    if login is not null and not pg_has_role(login, role_name, 'member') then
      execute format('grant %I to %I', role_name, login);
    end if;
  end loop;
  -- An auditor is somebody of the public who may read the history as well.
  if not pg_has_role('parley_auditor', 'parley_public', 'member') then
    begin
      grant parley_public to parley_auditor;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if login is not null then
    execute format('grant usage on schema platform to %I', login);
    execute format('grant select on platform.migration to %I', login);
  end if;
end $$;
`

/** The owner is under row-level security like everybody; to back up, it may read every table. */
const letOwnerRead = `
do $$
declare each record;
begin
  for each in select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and relrowsecurity and nspname in (select module from platform.migration)
      and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'backup') loop
    execute format('create policy backup on %I.%I for select to current_user using (true)', each.nspname, each.relname);
  end loop;
end $$;
`
