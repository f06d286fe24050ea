import { sql } from 'kysely'
import type { OwnersQueries } from '../database/database.ts'

/** A table whose rows a backup holds, with the columns that are written (not computed). */
export interface BackedUpTable {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
}

export interface Sequence {
  readonly name: string
  /** The number given last, as text: it may pass what JavaScript counts exactly. */
  readonly last: string
  readonly used: boolean
}

/** Every table of the program but unlogged ones and the list of its migrations, which a backup holds apart. */
export async function listBackedUpTables(owner: OwnersQueries): Promise<readonly BackedUpTable[]> {
  const { rows } = await sql<BackedUpTable>`
    select nspname as schema, relname as table,
      array_agg(attname::text order by attnum) filter (where attgenerated = '') as columns
    from pg_class
      join pg_namespace on pg_namespace.oid = relnamespace
      join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relkind = 'r' and relpersistence = 'p' and nspname in (${ourSchemas}) and (nspname, relname) <> ('platform', 'migration')
    group by nspname, relname order by nspname, relname`.execute(owner)
  return rows
}

export async function listSequences(owner: OwnersQueries): Promise<readonly Sequence[]> {
  const { rows: names } = await sql<{ schema: string; name: string }>`
    select nspname as schema, relname as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'S' and nspname in (${ourSchemas}) order by nspname, relname`.execute(owner)
  const sequences: Sequence[] = []
  for (const { schema, name } of names) {
    const { rows } = await sql<{ last: string; used: boolean }>`
      select last_value::text as last, is_called as used from ${sql.table(`${schema}.${name}`)}`.execute(
      owner,
    )
    for (const row of rows) sequences.push({ name: `${schema}.${name}`, ...row })
  }
  return sequences
}

/** Every migration brought its own schema, named after its module. */
const ourSchemas = sql`select module from platform.migration`
