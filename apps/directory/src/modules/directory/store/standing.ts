import { parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** What a State has in the directory, without a word of it. */
interface Standing {
  readonly state: StateCode
  readonly kinds: readonly string[]
  readonly changedAt: Date
}

/** POC-42: which kinds each State has named, and when it last changed any entry. */
export async function listStandings(tx: Tx): Promise<readonly Standing[]> {
  const { rows } = await sql<{ state: string; kinds: readonly string[]; changedAt: Date }>`
    select state, array_agg(distinct kind) as kinds, max(changed_at) as "changedAt"
    from directory.entry group by state`.execute(tx)
  return rows.flatMap(({ state, ...standing }) => {
    const code = parseStateCode(state)
    return code ? [{ state: code, ...standing }] : []
  })
}
