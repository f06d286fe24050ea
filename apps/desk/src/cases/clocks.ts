import type { Line, Side } from '../record/events.ts'
import type { Case } from './case.ts'

/** Something that one side said it would do, or was asked to do, by a time. */
export interface Due {
  readonly case: Case
  readonly what: 'acknowledge' | 'answer'
  /** Who is waited for. */
  readonly side: Side
  readonly at: Date
  /** Whether the side itself named the time; else it is the time sensitivity of the one who asked. */
  readonly isEstimate: boolean
}

/** What is waited for in a case that is open. Nobody must answer (POC-28): a clock reminds, and no more. */
export function duesOf(each: Case): readonly Due[] {
  if (!each.isOpen) return []
  const asked: Side = each.side === 'ours' ? 'theirs' : 'ours'
  const wanted = each.timed[each.side]
  const isFirst = !each.acknowledged[asked] && !each.answered[asked] && !each.estimated[asked]
  const estimates = (['ours', 'theirs'] as const).flatMap((side): readonly Due[] => {
    const estimate = each.estimated[side]
    const answered = each.answered[side]
    const isKept =
      answered && answered.answer !== 'looking-into-it' && answered.at >= (estimate?.at ?? answered.at)
    return estimate && !isKept
      ? [{ case: each, what: 'answer', side, at: estimate.until, isEstimate: true }]
      : []
  })
  if (!wanted || each.estimated[asked] || isFinal(each.answered[asked]?.answer)) return estimates
  return [
    ...estimates,
    {
      case: each,
      what: isFirst ? 'acknowledge' : 'answer',
      side: asked,
      at: wanted.until,
      isEstimate: false,
    },
  ]
}

/** What should have happened by now, the longest ago first. */
export function overdue(cases: Iterable<Case>, now: Date): readonly Due[] {
  return [...cases]
    .flatMap(duesOf)
    .filter(({ at }) => at <= now)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
}

/** What whoever comes on duty must know. */
export interface DutyNote {
  readonly onDuty:
    { readonly name: string; readonly since: Date; readonly until: Date | undefined } | undefined
  /** Open cases, those first in which something happened last. */
  readonly open: readonly Case[]
  readonly overdue: readonly Due[]
  /** What falls due next, the soonest first. */
  readonly next: readonly Due[]
}

export function dutyNote(cases: Iterable<Case>, lines: readonly Line[], now: Date): DutyNote {
  const open = [...cases].filter(({ isOpen }) => isOpen)
  const duty = lines.findLast((line) => line.known && line.what === 'duty.taken')
  const until = duty?.known && duty.what === 'duty.taken' ? duty.content.until : undefined
  return {
    onDuty: duty && {
      name: duty.by,
      since: duty.at,
      until: until === undefined ? undefined : new Date(until),
    },
    open: open.toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime()),
    overdue: overdue(open, now),
    next: open
      .flatMap(duesOf)
      .filter(({ at }) => at > now)
      .sort((one, other) => one.at.getTime() - other.at.getTime()),
  }
}

function isFinal(answer: string | undefined): boolean {
  return answer !== undefined && answer !== 'looking-into-it'
}
