import type { Locale } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { carriersOf } from './carriers.ts'
import { isOverdue } from './due.ts'
import { matches, type StepFilter } from './filter-steps.ts'
import { keyOf, listCarriers, listSteps, readTexts } from './list-steps.ts'
import type { TrackedStep } from './tracked-step.ts'

/** A step as the follow-up report tells it. */
export interface ReportRow extends TrackedStep {
  readonly text: string
  readonly isOverdue: boolean
  /** Whole addresses of the paragraphs that carry it on. */
  readonly carriedOnBy: readonly string[]
}

/** OEW-16: the steps that are asked for, with all that is known of each. */
export async function readReport(
  tx: Tx,
  locale: Locale,
  now: Date,
  filter: StepFilter,
): Promise<readonly ReportRow[]> {
  const all = await listSteps(tx, locale)
  const carriers = carriersOf(all, await listCarriers(tx))
  const found = all.filter((step) => matches(step, filter, now))
  const texts = await readTexts(tx, found)
  return found.map((step) => ({
    ...step,
    text: texts.get(keyOf(step)) ?? '',
    isOverdue: isOverdue(step, now),
    carriedOnBy: carriers.get(`${step.symbol}/${step.address}`) ?? [],
  }))
}
