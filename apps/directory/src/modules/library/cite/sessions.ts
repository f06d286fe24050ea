// Which number of `240/75` is the session, and which the resolution.

export type Order = 'session-first' | 'number-first'

export interface Reading {
  readonly body: 'A' | 'E'
  /** Session of the Assembly; year of the Economic and Social Council. */
  readonly session: number
  readonly number: number
  readonly order: Order
}

/** The first session whose resolutions are numbered in this way; the Council followed in 1978. */
const firstSession = 31
const firstYear = 1978
/** No session has had as many resolutions and decisions. */
const highest = 699
/** Where the text's own session is not told: the last one of two digits. */
const lastSession = 99

/** What a pair may say to a text of that session: nothing cites a session to come. */
export function plausibleReadings(first: number, second: number, own = lastSession): readonly Reading[] {
  const pairs = [
    { session: first, number: second, order: 'session-first' },
    { session: second, number: first, order: 'number-first' },
  ] as const
  return pairs.flatMap(({ session, number, order }): readonly Reading[] => {
    if (number < 1 || number > highest) return []
    if (session >= firstSession && session <= own) return [{ body: 'A', session, number, order }]
    if (session >= firstYear && session <= own + 1946) return [{ body: 'E', session, number, order }]
    return []
  })
}

/** A session opens in the middle of September. */
function sessionOn(date: string): number {
  return Number(date.slice(0, 4)) - (date.slice(5) >= '09-15' ? 1945 : 1946)
}

/** Is that what the date beside it says? */
export function fitsDate(reading: Reading, date: string): boolean {
  return reading.body === 'A'
    ? reading.session === sessionOn(date)
    : reading.session === Number(date.slice(0, 4))
}

/** The date decides; then what alone is plausible; then how the text prints the others. */
export function chooseReading(
  readings: readonly Reading[],
  date: string | undefined,
  order: Order,
): Reading | undefined {
  const dated = date === undefined ? undefined : readings.find((each) => fitsDate(each, date))
  return dated ?? readings.find((each) => readings.length === 1 || each.order === order)
}

/** Symbols as the United Nations writes them; decisions of the Assembly begin at 401, of the Council at 200. */
export function symbolOf(reading: Reading, letter: string, isDecision: boolean): string {
  const { body, session, number } = reading
  const kind = isDecision || number >= (body === 'A' ? 401 : 200) ? 'DEC' : 'RES'
  return `${body}/${kind}/${session}/${number}${letter && ` ${letter}`}`
}

/** The session a document belongs to, by its symbol. */
export function sessionOfSymbol(symbol: string): number | undefined {
  const years = symbol.split('/').filter((part) => /^\d{2,4}$/.test(part))
  const numbers = years.map(Number).map((each) => (each >= firstYear ? each - 1945 : each))
  return numbers.find((each) => each >= firstSession && each <= lastSession)
}
