import type { Availability } from './entry.ts'

export interface TimeThere {
  /** `HH:MM` there now. */
  readonly now: string
  readonly office:
    | { readonly status: 'always' | 'open' | 'closed' | 'unknown' }
    /** It opens again today, at that time. */
    | { readonly status: 'opens'; readonly at: string }
}

/** The time where the office is, and whether it is open; nothing when its State named no time zone. */
export function timeThere(availability: Availability, now: Date): TimeThere | undefined {
  const { timeZone, opens, closes, days, always } = availability
  if (timeZone === undefined) return undefined
  const there = clockIn(timeZone, now)
  if (always) return { now: there.time, office: { status: 'always' } }
  if (opens === undefined || closes === undefined) return { now: there.time, office: { status: 'unknown' } }
  const works = (day: number) => days.length === 0 || days.includes(day)
  const yesterday = there.day === 1 ? 7 : there.day - 1
  const overnight = closes <= opens
  const open = overnight
    ? (works(there.day) && there.time >= opens) || (works(yesterday) && there.time < closes)
    : works(there.day) && there.time >= opens && there.time < closes
  if (open) return { now: there.time, office: { status: 'open' } }
  const later = works(there.day) && there.time < opens
  return { now: there.time, office: later ? { status: 'opens', at: opens } : { status: 'closed' } }
}

/** Whether an instant lies outside the office hours that an entry states; where it states none, it does not. */
export function isOutOfHours(availability: Availability, at: Date): boolean {
  const office = timeThere({ ...availability, always: false }, at)?.office
  return office?.status === 'closed' || office?.status === 'opens'
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockIn(timeZone: string, now: Date): { readonly day: number; readonly time: string } {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  clocks.set(timeZone, clock)
  const parts = new Map(clock.formatToParts(now).map(({ type, value }) => [type, value]))
  return {
    day: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    time: `${parts.get('hour')}:${parts.get('minute')}`,
  }
}

/** Every time zone that an entry may name. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
]
