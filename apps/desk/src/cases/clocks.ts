import type { KnownLine, Line, Side } from '../record/events.ts'
import type { Case } from './case.ts'
import { isExchanged } from './consent.ts'

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

const sides = ['ours', 'theirs'] as const

/** What is waited for in a case that is open. Nobody must answer (POC-28): a clock reminds, and no more. */
export function duesOf(each: Case): readonly Due[] {
  // Whoever closed an exchange expects nothing more in it.
  return each.isOpen && !each.theirClosing ? sides.flatMap((side) => duesFrom(each, side)) : []
}

/** From one side: what it estimated itself, and what the other side hopes for and has not been given. */
function duesFrom(each: Case, side: Side): readonly Due[] {
  const asker: Side = side === 'ours' ? 'theirs' : 'ours'
  const { [side]: estimate } = each.estimated
  const { [side]: answered } = each.answered
  const { [asker]: wanted } = each.timed
  const answeredAt = answered && answered.answer !== 'looking-into-it' ? answered.at : undefined
  const isFirst = each.side === asker && !each.acknowledged[side] && !answered && !estimate
  return [
    ...(estimate && !isSince(answeredAt, estimate.at)
      ? [{ case: each, what: 'answer', side, at: estimate.until, isEstimate: true } as const]
      : []),
    ...(wanted && !isSince(answeredAt, wanted.at) && !isSince(estimate?.at, wanted.at)
      ? ([
          { case: each, what: isFirst ? 'acknowledge' : 'answer', side, at: wanted.until, isEstimate: false },
        ] as const)
      : []),
  ]
}

function isSince(at: Date | undefined, before: Date): boolean {
  return at !== undefined && at >= before
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
  /** What somebody left who goes off duty, while nobody has taken it since. */
  readonly handedOver: KnownLine<'duty.handed-over'> | undefined
  /** Open cases, those first in which something happened last. */
  readonly open: readonly Case[]
  /** Those of them in which the other side said something last. */
  readonly unanswered: readonly Case[]
  /** When this office said that it would answer. */
  readonly promised: readonly Due[]
  readonly overdue: readonly Due[]
  /** What falls due next, the soonest first. */
  readonly next: readonly Due[]
}

export function dutyNote(cases: Iterable<Case>, lines: readonly Line[], now: Date): DutyNote {
  const open = [...cases]
    .filter(({ isOpen }) => isOpen)
    .sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
  const duty = lines.findLast((line) => line.known && line.what === 'duty.taken')
  const until = duty?.known && duty.what === 'duty.taken' ? duty.content.until : undefined
  const handedOver = lines.findLast(isHandedOver)
  const dues = open.flatMap(duesOf).sort((one, other) => one.at.getTime() - other.at.getTime())
  return {
    onDuty: duty && {
      name: duty.by,
      since: duty.at,
      until: until === undefined ? undefined : new Date(until),
    },
    handedOver: handedOver && handedOver.n > (duty?.n ?? 0) ? handedOver : undefined,
    open,
    unanswered: open.filter(isTheirsLast),
    promised: dues.filter(({ side, isEstimate }) => side === 'ours' && isEstimate),
    overdue: overdue(open, now),
    next: dues.filter(({ at }) => at > now),
  }
}

function isHandedOver(line: Line): line is KnownLine<'duty.handed-over'> {
  return line.known && line.what === 'duty.handed-over'
}

/** The other side said something, and nothing was said since. */
function isTheirsLast({ lines }: Case): boolean {
  const last = lines.findLast(isExchanged)
  return (
    last?.what === 'message.received' || (last?.what === 'exchange.noted' && last.content.side === 'theirs')
  )
}
