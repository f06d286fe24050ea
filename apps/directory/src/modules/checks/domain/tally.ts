import type { Locale, StateCode } from '@parley/kernel'
import type { AnsweredBy, CheckStatus } from './check.ts'

/** How many checks of one State in one round ended in the same way: one row of what the database counted. */
export interface Tally {
  readonly state: StateCode
  readonly kind: string
  readonly language: Locale
  readonly status: CheckStatus
  readonly answeredBy: AnsweredBy | undefined
  readonly checks: number
}

/** How some checks ended. What was not sent is our fault and stands in no rate. */
export interface Outcome {
  readonly checks: number
  readonly states: number
  readonly answered: number
  readonly late: number
  readonly waiting: number
  readonly noAnswer: number
  readonly undeliverable: number
  readonly notSent: number
}

export function sumUp(tallies: readonly Tally[]): Outcome {
  const of = (...statuses: readonly CheckStatus[]) =>
    tallies.filter(({ status }) => statuses.includes(status)).reduce((sum, { checks }) => sum + checks, 0)
  return {
    checks: tallies.reduce((sum, { checks }) => sum + checks, 0),
    states: new Set(tallies.map(({ state }) => state)).size,
    answered: of('answered'),
    late: of('answered-late'),
    waiting: of('waiting'),
    noAnswer: of('no-answer'),
    undeliverable: of('undeliverable'),
    notSent: of('not-sent'),
  }
}

/** The share that answered in time among those that could: a fault of ours is not theirs (POC-18). */
export function shareInTime({ answered, checks, notSent }: Outcome): number | undefined {
  return checks > notSent ? answered / (checks - notSent) : undefined
}
