import { readFileSync } from 'node:fs'

/** One message that the mail server took. */
export interface Taken {
  /** Milliseconds, of the clock on the wall. */
  readonly at: number
  /** Its Message-ID, up to the `@`. */
  readonly name: string
  readonly to: string
}

export function writeTaken({ at, name, to }: Taken): string {
  return `${at} ${name} ${to}\n`
}

/** What a killed server wrote half is no line. */
export function readTaken(file: string): readonly Taken[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const [at, name = '', to = ''] = line.split(' ')
    return { at: Number(at), name, to }
  })
}

/** Something that may have broken off messages that were in flight. */
export interface Break {
  readonly at: number
  /** SMTP connections that it could break: so many messages may have been in flight. */
  readonly connections: number
}

/** A message may be in flight so long before and after a kill: until what became of it is written, or cannot be. */
const inFlightFor = 5_000

/** A copy that was followed by another although no kill accounts for it; milliseconds. */
export interface Unexplained {
  readonly at: number
  /** From it to the next copy. */
  readonly again: number
  /** From the nearest kill to it: less than nothing before the kill. */
  readonly fromKill: number
}

/**
 * The second copies that no kill accounts for: the copy before must have been in flight when something was killed, and
 * a kill breaks off no more than one message on each connection.
 */
export function findUnexplained(
  copies: Iterable<readonly number[]>,
  breaks: readonly Break[],
): readonly Unexplained[] {
  const left = breaks.toSorted((one, other) => one.at - other.at).map((each) => ({ ...each }))
  const repeated = [...copies].flatMap((times) => {
    const inOrder = times.toSorted((one, other) => one - other)
    return inOrder.slice(0, -1).map((at, place) => ({ at, again: (inOrder[place + 1] ?? at) - at }))
  })
  // All may reach equally far, so the earliest kill that is in reach leaves most to those that follow.
  const unexplained = repeated
    .toSorted((one, other) => one.at - other.at)
    .filter(({ at: taken }) => {
      const kill = left.find(({ at, connections }) => connections > 0 && Math.abs(at - taken) <= inFlightFor)
      if (kill) kill.connections -= 1
      return !kill
    })
  return unexplained.map(({ at, again }) => ({ at, again, fromKill: nearestTo(at, breaks) }))
}

function nearestTo(taken: number, breaks: readonly Break[]): number {
  return breaks
    .map(({ at }) => taken - at)
    .reduce((near, each) => (Math.abs(each) < Math.abs(near) ? each : near), Number.POSITIVE_INFINITY)
}
