import { sql } from 'kysely'
import { type Acting, actAs } from '../src/platform/database/acting.ts'
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

export async function adds(database: Database, name: string, acting: Acting, row: string): Promise<boolean> {
  return undone(database, acting, async (tx) => {
    const insert = sql`insert into ${sql.table(name)}
      select * from jsonb_populate_record(null::${sql.table(name)}, ${row}::text::jsonb)`
    return isAllowed(() => insert.execute(tx))
  })
}

/** The States whose rows are changed or gone after somebody tried it with all rows. */
export async function touched(
  database: Database,
  name: string,
  of: string,
  acting: Acting,
  how: 'update' | 'delete',
): Promise<readonly string[]> {
  const reader: Acting = { role: await omniscient(database, name) }
  return undone(database, reader, async (tx) => {
    const before = await placesOf(tx, name, of)
    await actAs(tx, acting)
    const [column] = how === 'update' ? await columnsFor(tx, name, 'update') : []
    if (how === 'update' && column === undefined) return []
    const statement =
      column === undefined
        ? sql`delete from ${sql.table(name)}`
        : sql`update ${sql.table(name)} set ${sql.ref(column)} = ${sql.ref(column)}`
    if (!(await isAllowed(() => statement.execute(tx)))) return []
    await actAs(tx, reader)
    const after = new Set((await placesOf(tx, name, of)).map(({ place }) => place))
    return before.filter(({ place }) => !after.has(place)).map(({ state }) => state ?? '')
  })
}

/** Where each row lies: a row that was written again lies elsewhere. */
async function placesOf(tx: Tx, name: string, of: string) {
  const { rows } = await sql<{ place: string; state: string | null }>`
    select t.ctid::text as place, ${sql.raw(of)} as state from ${sql.table(name)} as t`.execute(tx)
  return rows
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

/** Only a refusal of the database counts as refused; any other fault is one. */
async function isAllowed(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (fault) {
    const insufficientPrivilege = '42501'
    if (fault instanceof Error && 'code' in fault && fault.code === insufficientPrivilege) return false
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
