import { type QueryResult, sql } from 'kysely'
import type { Acting } from '../src/platform/database/acting.ts'
import type { Database, Tx } from '../src/platform/database/database.ts'

// Tries in SQL what somebody may do with whose rows. Everything that is tried is taken back.

export interface RowsOfState {
  readonly state: string
  readonly first: string
  readonly texts: ReadonlySet<string>
}

/** The rows of one State, seen by who sees all; there must be some, or nothing would be tried. */
export async function rowsOfOneState(database: Database, name: string, of: string): Promise<RowsOfState> {
  return undone(database, { role: await omniscient(database, name) }, async (tx) => {
    const { rows } = await sql<{ state: string | null; row: string }>`
      select ${sql.raw(of)} as state, to_jsonb(t)::text as row from ${sql.table(name)} as t`.execute(tx)
    const found = rows.find(({ state }) => state !== null)
    if (!found?.state) throw new Error(`${name} holds no row of a State: nothing would be tried`)
    const { state, row } = found
    return {
      state,
      first: row,
      texts: new Set(rows.filter((each) => each.state === state).map((each) => each.row)),
    }
  })
}

/** All rows that somebody reads, of the columns that this role may read. */
export async function readAs(database: Database, name: string, acting: Acting): Promise<readonly string[]> {
  return undone(database, acting, async (tx) => {
    const columns = await columnsFor(tx, name, 'select')
    if (columns.length === 0) return []
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row
      from (select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)}) as t`.execute(
      tx,
    )
    return rows.map(({ row }) => row)
  })
}

/** Whether somebody can add a copy of this row. */
export async function adds(database: Database, name: string, acting: Acting, row: string): Promise<boolean> {
  return undone(database, acting, async (tx) => {
    const insert = sql`insert into ${sql.table(name)} overriding system value
      select * from jsonb_populate_record(null::${sql.table(name)}, ${row}::text::jsonb)`
    return isAllowed(() => insert.execute(tx))
  })
}

/**
 * Whether somebody who has no row here reaches one by changing or removing all. Blindly: a statement that reads
 * a column is held to the policies for reading as well.
 */
export async function reaches(
  database: Database,
  name: string,
  acting: Acting,
  how: 'update' | 'delete',
): Promise<boolean> {
  return undone(database, acting, async (tx) => {
    if (how === 'delete') return isAllowed(() => sql`delete from ${sql.table(name)}`.execute(tx))
    const [column] = await columnsFor(tx, name, 'update')
    if (column === undefined) return false
    return isAllowed(() => sql`update ${sql.table(name)} set ${sql.ref(column)} = default`.execute(tx))
  })
}

async function columnsFor(tx: Tx, name: string, privilege: 'select' | 'update'): Promise<readonly string[]> {
  const { rows } = await sql<{ column: string }>`
    select attname as column from pg_attribute
    join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
    where nspname || '.' || relname = ${name} and attnum > 0 and not attisdropped
      and has_schema_privilege(nspname, 'usage') and has_column_privilege(pg_class.oid, attnum, ${privilege})
    order by attnum`.execute(tx)
  return rows.map(({ column }) => column)
}

async function omniscient(database: Database, name: string): Promise<'worker' | 'manager'> {
  const isWorkers = await undone(
    database,
    { role: 'worker' },
    async (tx) => (await columnsFor(tx, name, 'select')).length > 0,
  )
  return isWorkers ? 'worker' : 'manager'
}

const insufficientPrivilege = '42501'

/** Whether a statement got at rows: a constraint that it broke means that no policy kept it away. */
async function isAllowed(statement: () => Promise<QueryResult<unknown>>): Promise<boolean> {
  try {
    const { numAffectedRows = 0n } = await statement()
    return numAffectedRows > 0n
  } catch (fault) {
    if (!(fault instanceof Error) || !('code' in fault)) throw fault
    if (fault.code === insufficientPrivilege) return false
    if (String(fault.code).startsWith('23')) return true
    throw fault
  }
}

/** Runs `work` as somebody and takes back whatever it did. */
export async function undone<T>(
  database: Database,
  acting: Acting,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const kept: { value?: { readonly of: T } } = {}
  const takeBack = new Error('taken back')
  await database
    .transaction(acting, async (tx) => {
      kept.value = { of: await work(tx) }
      throw takeBack
    })
    .catch((fault: unknown) => {
      if (fault !== takeBack) throw fault
    })
  if (!kept.value) throw new Error('the work was not done')
  return kept.value.of
}

/** Every table and view of the program, and whether row-level security is on, forced, and has a policy. */
export async function listTables(database: Database) {
  return undone(database, { role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ name: string; safe: boolean }>`
      select nspname || '.' || relname as name, relrowsecurity and relforcerowsecurity
        and exists (select from pg_policy where polrelid = pg_class.oid) as safe
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p', 'v', 'm', 'f') and nspname not like 'pg\\_%' and nspname <> 'information_schema'
      order by 1`.execute(tx)
    return rows
  })
}
