/** Where the program takes the time from; tests and the demonstration bring their own. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** The instant `milliseconds` after `from`. Instants are UTC: no time zone or daylight saving can move one. */
export function after(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds)
}

/** The instant `months` calendar months after `from`, held to the last day of a shorter month (UTC). */
export function monthsAfter(from: Date, months: number): Date {
  const first = new Date(from)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(from.getUTCDate(), lastDay))
  return first
}
