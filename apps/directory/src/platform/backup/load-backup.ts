import { sql } from 'kysely'
import type { Engine, OwnersQueries, Tx } from '../database/database.ts'
import { type Applied, first, type Migration, withNote } from '../database/migrate.ts'
import { BackupRefused } from './encryption.ts'
import type { BackupLine } from './read-backup.ts'
import { type BackedUpTable, listBackedUpTables } from './tables.ts'

/** How much goes to the database in one statement. */
const mostRows = 500
const mostText = 1024 * 1024

/**
 * Fills an empty database in one transaction: the migrations that the backup names, and no others, then every row.
 * Leaves the mark of a restore that is not finished, which `finishRestore` takes away. Gives back how many rows.
 */
export async function loadBackup(
  engine: Engine,
  lines: AsyncIterable<BackupLine>,
  program: readonly Migration[],
): Promise<number> {
  let rows = 0
  await engine.asOwner(async (execute, owner) => {
    await execute('begin')
    try {
      await execute(first)
      rows = await load(execute, owner, lines, program)
      await execute(`insert into platform.setting (name, value) values ('${restoring}', 'yes')`)
      await guard(execute, await listBackedUpTables(owner), true)
      await execute('commit')
    } catch (fault) {
      await execute('rollback')
      throw fault
    }
  })
  return rows
}

/** The setting that stands in a database while a restore is going on. */
const restoring = 'restoring'

type SettingTables = { 'platform.setting': { name: string; value: string } }

/** Whether a restore was begun here and not finished: erasures made since may be missing. Needs the worker's role. */
export async function isRestoring(tx: Tx): Promise<boolean> {
  const found = await tx
    .withTables<SettingTables>()
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', restoring)
    .executeTakeFirst()
  return found !== undefined
}

export async function isEmpty(engine: Engine): Promise<boolean> {
  let tables = 0
  await engine.asOwner(async (_, owner) => {
    tables = await countTables(owner)
  })
  return tables === 0
}

export async function finishRestore(engine: Engine): Promise<void> {
  await engine.asOwner(async (execute) => {
    await execute(`begin; alter table platform.setting no force row level security;
      delete from platform.setting where name = '${restoring}';
      alter table platform.setting force row level security; commit`)
  })
}

/** Takes away everything that an unfinished restore has put there. */
export async function undoRestore(engine: Engine): Promise<void> {
  await engine.asOwner(async (execute, owner) => {
    const { rows } = await sql<{ drop: string }>`select format('drop schema %I cascade', nspname) as drop
      from pg_namespace where nspname in (select module from platform.migration union select 'platform')`.execute(
      owner,
    )
    await execute(`begin; ${rows.map(({ drop }) => drop).join(';')}; commit`)
  })
}

async function countTables(owner: OwnersQueries): Promise<number> {
  const { rows } = await sql<{ tables: number }>`select count(*)::int as tables
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and nspname <> 'information_schema' and nspname not like 'pg\\_%'`.execute(
    owner,
  )
  return rows[0]?.tables ?? 0
}

type Execute = (statements: string) => Promise<void>

async function load(
  execute: Execute,
  owner: OwnersQueries,
  lines: AsyncIterable<BackupLine>,
  program: readonly Migration[],
): Promise<number> {
  let rows = 0
  let tables: readonly BackedUpTable[] | undefined
  let links: readonly Link[] = []
  let into: BackedUpTable | undefined
  let waiting: string[] = []
  let size = 0
  const flush = async () => {
    if (into && waiting.length > 0) await insert(owner, into, waiting)
    waiting = []
    size = 0
  }
  for await (const line of lines) {
    if ('row' in line) {
      if (!into) throw new BackupRefused('The backup holds a row of no table.')
      waiting.push(line.row)
      size += line.row.length
      rows += 1
      if (waiting.length >= mostRows || size >= mostText) await flush()
      continue
    }
    await flush()
    if ('migration' in line) await execute(withNote(find(program, line.migration)))
    if ('table' in line) {
      if (!tables) {
        tables = await listBackedUpTables(owner)
        links = await unlink(execute, owner)
        await guard(execute, tables, false)
        // What migrations wrote of their own accord stands in the backup too.
        await execute(`truncate ${tables.map(({ schema, table }) => `"${schema}"."${table}"`).join(', ')}`)
      }
      into = fitting(tables, line)
    }
    if ('sequence' in line) {
      const { name, last, used } = line.sequence
      await sql`select setval(${name}::text::regclass, ${last}::text::bigint, ${used}::boolean)`.execute(
        owner,
      )
    }
  }
  for (const { table, name, definition } of links)
    await execute(`alter table ${table} add constraint ${name} ${definition}`)
  if (!tables) throw new BackupRefused('There is nothing in the backup.')
  return rows
}

function find(program: readonly Migration[], { module, file, digest }: Applied): Migration {
  const found = program.find((each) => each.module === module && each.file === file)
  if (found?.digest !== digest)
    throw new BackupRefused(
      `Another Parley made this backup: this one does not know its migration ${module}/${file}.`,
    )
  return found
}

function fitting(
  tables: readonly BackedUpTable[],
  named: { readonly table: string; readonly columns: readonly string[] },
): BackedUpTable {
  const found = tables.find(({ schema, table }) => `${schema}.${table}` === named.table)
  if (!found || [...found.columns].sort().join() !== [...named.columns].sort().join())
    throw new BackupRefused(`The table ${named.table} of the backup is not as its migrations make it.`)
  return found
}

async function insert(owner: OwnersQueries, into: BackedUpTable, rows: readonly string[]): Promise<void> {
  const table = sql.table(`${into.schema}.${into.table}`)
  const columns = sql.join(into.columns.map((column) => sql.ref(column)))
  await sql`insert into ${table} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${table}, ${`[${rows.join(',')}]`}::text::jsonb)`.execute(
    owner,
  )
}

interface Link {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Takes the foreign keys away, so that rows may come in any order; each is checked when it is put back. */
async function unlink(execute: Execute, owner: OwnersQueries): Promise<readonly Link[]> {
  const { rows } = await sql<Link>`select conrelid::regclass::text as table, quote_ident(conname) as name,
      pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
    where contype = 'f' and nspname in (select module from platform.migration)`.execute(owner)
  for (const { table, name } of rows) await execute(`alter table ${table} drop constraint ${name}`)
  return rows
}

/** Row-level security and triggers guard against everybody, the owner too; to fill a new database they stand aside. */
async function guard(execute: Execute, tables: readonly BackedUpTable[], on: boolean): Promise<void> {
  const statements = tables.map(({ schema, table }) => {
    const name = `"${schema}"."${table}"`
    return `alter table ${name} ${on ? 'force' : 'no force'} row level security;
      alter table ${name} ${on ? 'enable' : 'disable'} trigger user;`
  })
  await execute(statements.join('\n'))
}
