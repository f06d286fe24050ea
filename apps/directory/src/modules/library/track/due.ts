import type { TrackedStep } from './tracked-step.ts'

type Due = Pick<TrackedStep, 'dates' | 'sessions' | 'state'>

/** The last day of a year, a month or a day in ISO 8601. */
function lastDayOf(date: string): string {
  const [year = '', month, day] = date.split('-')
  if (day !== undefined) return date
  // Day 0 of the month that follows.
  return new Date(Date.UTC(Number(year), Number(month ?? 12), 0)).toISOString().slice(0, 10)
}

/** Open though its last date has passed. When a session is, no document says: it makes nothing overdue. */
export function isOverdue({ dates, state }: Due, now: Date): boolean {
  const today = now.toISOString().slice(0, 10)
  return state === 'open' && dates.length > 0 && dates.every((date) => lastDayOf(date) < today)
}

/** Whether anything of it falls due on that day or before. */
export function isDueBy({ dates }: Due, day: string): boolean {
  return dates.some((date) => lastDayOf(date) <= day)
}

/** Whether anything of it falls due at that session or an earlier one. */
export function isDueBySession({ sessions }: Due, session: number): boolean {
  return sessions.some((each) => each <= session)
}
