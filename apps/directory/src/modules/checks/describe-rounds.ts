import type { Tx } from '../../platform/database/database.ts'
import { countRound } from './round-figures.ts'
import { listRounds } from './store.ts'

/** The round that is open, for operators: totals alone (RULE-3). */
export async function describeRounds(tx: Tx): Promise<readonly string[]> {
  const open = (await listRounds(tx)).find(({ status }) => status === 'running' || status === 'paused')
  if (!open) return ['Check round: none is open']
  const { answered, late, checks } = await countRound(tx, open)
  return [`Check round ${open.number}: ${open.status}, ${answered + late} of ${checks} checks answered`]
}
