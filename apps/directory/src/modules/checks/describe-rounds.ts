import type { Tx } from '../../platform/database/database.ts'
import { countChecks } from './round-figures.ts'
import { listRounds } from './store.ts'
import { findIntake } from './take-mail.ts'

/** The round that is open and the mail that waits, for operators: totals alone (RULE-3). */
export async function describeRounds(tx: Tx): Promise<readonly string[]> {
  return [...(await describeOpenRound(tx)), await describeIntake(tx)]
}

async function describeIntake(tx: Tx): Promise<string> {
  const { waiting, stoppedAt } = await findIntake(tx)
  const stopped = stoppedAt ? `; no mail is taken in since ${stoppedAt.toISOString()}, too many wait` : ''
  return `Mail to be read: ${waiting}${stopped}`
}

async function describeOpenRound(tx: Tx): Promise<readonly string[]> {
  const open = (await listRounds(tx)).find(({ status }) => status === 'running' || status === 'paused')
  if (!open) return ['Check round: none is open']
  const { answered, late, checks } = await countChecks(tx, open)
  return [`Check round ${open.number}: ${open.status}, ${answered + late} of ${checks} checks answered`]
}
