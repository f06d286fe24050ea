import { newId, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done, unchanged } from '../../../platform/action.ts'
import type { LibraryTables } from '../tables.ts'
import { findStep } from './list-steps.ts'
import type { StepState } from './tracked-step.ts'

export interface Followed {
  readonly state: StepState
  readonly evidence: string | undefined
}

/** OEW-16: what became of a step, and where that can be seen. */
export async function followStep(
  { tx, now }: ActionScope,
  wholeAddress: string,
  { state, evidence }: Followed,
): Promise<Result<Done<undefined>>> {
  const step = await findStep(tx, '', wholeAddress)
  if (!step) return refuse({ code: 'library/unknown-step', kind: 'absent' })
  if (step.state === state && (step.evidence ?? undefined) === evidence) return unchanged(undefined)
  const { symbol, address } = step
  const told = { state, evidence: evidence ?? null, changed_at: now }
  const { id } = await tx
    .withTables<LibraryTables>()
    .insertInto('library.step_state')
    .values({ id: newId(), symbol, address, ...told })
    .onConflict((conflict) => conflict.columns(['symbol', 'address']).doUpdateSet(told))
    .returning('id')
    .executeTakeFirstOrThrow()
  const content = { symbol, address, state, evidence: evidence ?? null }
  return done(undefined, [{ verb: `step.${state}`, subject: `step:${id}`, content }])
}
