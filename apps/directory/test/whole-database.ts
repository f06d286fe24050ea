import { sql } from 'kysely'
import type { Database } from '../src/platform/database/database.ts'

interface Table {
  readonly schemaname: string
  readonly tablename: string
}

/**
 * Every row of every table of the program as text, to search it for what must not be there.
 * Throws if a table exists that neither the worker nor the manager may read: it would not have been searched.
 */
export async function wholeDatabase(database: Database): Promise<string> {
  const found: string[] = []
  const seen = new Set<string>()
  let all: readonly string[] = []
  for (const role of ['worker', 'manager'] as const) {
    await database.transaction({ role }, async (tx) => {
      const { rows } = await sql<Table & { readable: boolean }>`
        select schemaname, tablename, has_schema_privilege(schemaname, 'usage')
          and has_table_privilege(format('%I.%I', schemaname, tablename), 'select') as readable
        from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'platform')`.execute(tx)
      all = rows.map(nameOf)
      for (const table of rows.filter(({ readable }) => readable)) {
        const { schemaname, tablename } = table
        const text = await sql<{
          row: string
        }>`select t::text as row from ${sql.table(`${schemaname}.${tablename}`)} as t`.execute(tx)
        found.push(...text.rows.map(({ row }) => row))
        seen.add(nameOf(table))
      }
    })
  }
  const unseen = all.filter((table) => !seen.has(table))
  if (all.length === 0 || unseen.length > 0) throw new Error(`not searched: ${unseen.join(', ')}`)
  return found.join('\n')
}

function nameOf({ schemaname, tablename }: Table): string {
  return `${schemaname}.${tablename}`
}
