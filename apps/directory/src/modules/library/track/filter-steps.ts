import { z } from 'zod'
import type { Addressee } from '../next-steps/addressees.ts'
import type { Verb } from '../next-steps/verbs.ts'
import { isDueBy, isDueBySession, isOverdue } from './due.ts'
import { addressees, firstAct, type StepState, stepStates, type TrackedStep, verbs } from './tracked-step.ts'

export const groupings = ['document', 'addressee', 'verb', 'state'] as const
type Grouping = (typeof groupings)[number]

/** Which steps are asked for; what no rule knows is passed over, so that an old link still shows something. */
export interface StepFilter {
  readonly document: string | undefined
  readonly addressee: Addressee | undefined
  readonly verb: Verb | undefined
  readonly state: StepState | undefined
  /** A day, ISO 8601. */
  readonly due: string | undefined
  readonly session: number | undefined
  readonly overdue: boolean
  readonly group: Grouping
}

const day = z.iso.date()

export function stepFilterOf(query: URLSearchParams): StepFilter {
  const one = <T extends string>(name: string, of: readonly T[]) =>
    of.find((each) => each === query.get(name))
  const session = Number(query.get('session') ?? '')
  return {
    document: query.get('document')?.replaceAll('\0', '').slice(0, 100) || undefined,
    addressee: one('addressee', addressees),
    verb: one('verb', verbs),
    state: one('state', stepStates),
    due: day.safeParse(query.get('due')).data,
    session: Number.isInteger(session) && session > 0 && session < 1000 ? session : undefined,
    overdue: query.get('overdue') === 'yes',
    group: one('group', groupings) ?? 'document',
  }
}

/** The same as the query of an address. */
export function queryOf(filter: StepFilter, page?: number): string {
  const { overdue, group, session, ...rest } = filter
  const told = {
    ...rest,
    session: session === undefined ? undefined : String(session),
    overdue: overdue ? 'yes' : undefined,
    group: group === 'document' ? undefined : group,
    page: page === undefined ? undefined : String(page),
  }
  const query = new URLSearchParams(
    Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return query.size === 0 ? '' : `?${query}`
}

/** Verb and addressee must be of one act: who asks for requests to the Chair wants no others. */
export function matches(step: TrackedStep, filter: StepFilter, now: Date): boolean {
  const { document, addressee, verb, state, due, session, overdue } = filter
  const isAct = step.acts.some(
    (act) =>
      (verb === undefined || act.verb === verb) && (addressee === undefined || act.addressee === addressee),
  )
  return (
    (document === undefined || step.symbol === document) &&
    ((verb === undefined && addressee === undefined) || isAct) &&
    (state === undefined || step.state === state) &&
    (due === undefined || isDueBy(step, due)) &&
    (session === undefined || isDueBySession(step, session)) &&
    (!overdue || isOverdue(step, now))
  )
}

/** In groups, in the order of the words of the rules; what has none stands last, under the empty key. */
export function groupSteps(
  steps: readonly TrackedStep[],
  group: Grouping,
): readonly (readonly [key: string, steps: readonly TrackedStep[]])[] {
  const order: Readonly<Record<Grouping, readonly string[]>> = {
    document: [...new Set(steps.map(({ symbol }) => symbol))],
    addressee: addressees,
    verb: verbs,
    state: stepStates,
  }
  const groups = Map.groupBy(steps, (step) => keyIn(step, group))
  return [...order[group], ''].flatMap((key) => {
    const all = groups.get(key)
    return all ? [[key, all] as const] : []
  })
}

function keyIn(step: TrackedStep, group: Grouping): string {
  if (group === 'document') return step.symbol
  if (group === 'state') return step.state
  return firstAct(step)?.[group] ?? ''
}
