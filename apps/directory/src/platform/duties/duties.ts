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
export function startDuties(duties: readonly Duty[], database: Database, clock: Clock, log: Logger): Roster {
  const stopping = new AbortController()
  const running = duties.map((duty) => repeat(duty, database, clock, log, stopping.signal))
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

async function repeat(
  duty: Duty,
  database: Database,
  clock: Clock,
  log: Logger,
  stopped: AbortSignal,
): Promise<void> {
  let faults = 0
  while (!stopped.aborted) {
    try {
      await runDuty(duty, database, clock.now())
      faults = 0
    } catch (fault) {
      faults += 1
      log.error({ duty: duty.name, err: fault }, 'a duty failed and will be tried again')
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
