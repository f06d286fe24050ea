import { type Clock, second } from '@parley/kernel'
import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'

/** Something periodic, done by one process at a time, under a lock of its own name. */
export interface Duty {
  readonly name: string
  /** Milliseconds from the end of one run to the start of the next. */
  readonly every: number
  readonly run: (now: Date) => Promise<unknown>
  /** Several workers may do it side by side: it shares out its own work. */
  readonly shared?: true
  /** Erases what its time is over for: a restore does it at once. */
  readonly erases?: true
}

export interface Roster {
  /** Finishes what is running and begins nothing more. */
  stop(): Promise<void>
}

/** Starts every duty at once and repeats it until stopped. A fault is logged and tried again. */
export function startDuties(
  duties: readonly Duty[],
  database: Database,
  clock: Clock,
  log: Logger,
  told: (duty: Duty, now: Date, fault?: string) => Promise<void>,
): Roster {
  const stopping = new AbortController()
  const running = duties.map((duty) => repeat(duty, { database, clock, log, told }, stopping.signal))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

/** Runs a duty once, as the roster would. */
export async function runDuty(duty: Duty, database: Database, now: Date): Promise<void> {
  if (duty.shared) await duty.run(now)
  else await database.alone(duty.name, async () => void (await duty.run(now)))
}

interface Ground {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  /** After each run; `fault` is the name of what went wrong. */
  readonly told: (duty: Duty, now: Date, fault?: string) => Promise<void>
}

async function repeat(duty: Duty, ground: Ground, stopped: AbortSignal): Promise<void> {
  const { database, clock, log, told } = ground
  let faults = 0
  while (!stopped.aborted) {
    try {
      await runDuty(duty, database, clock.now())
      faults = 0
      await told(duty, clock.now())
    } catch (fault) {
      faults += 1
      log.error({ duty: duty.name, err: fault }, 'a duty failed and will be tried again')
      // Where the database is away this cannot be said either; the log has it.
      await told(duty, clock.now(), fault instanceof Error ? fault.name : 'unknown').catch(() => undefined)
    }
    await pause(duty.every + Math.min(30, faults) * second, stopped)
  }
}

function pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds)
    function end() {
      clearTimeout(timer)
      stopped.removeEventListener('abort', end)
      resolve()
    }
    stopped.addEventListener('abort', end)
    if (stopped.aborted) end()
  })
}
