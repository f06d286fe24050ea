import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Clock, second } from '@parley/kernel'
import type { Logger } from 'pino'
import type { Directory } from './compose.ts'
import { startDuties } from './platform/duties/duties.ts'
import { forgetRunsBefore, openRunNotes } from './platform/telemetry/duty-runs.ts'
import { type MetricsDoor, serveMetrics } from './platform/telemetry/serve-metrics.ts'
import { writeMetrics } from './platform/telemetry/write-metrics.ts'

export interface Running {
  readonly port: number
  /** Takes no new request, finishes what is running, closes the database. */
  stop(): Promise<void>
}

/** How long a request that is being answered may still take when the program is told to stop. */
const patience = 5 * second

/** Starts what a process does: answer requests, work in the background, or both. */
export async function run(
  directory: Directory,
  how: {
    host: string
    port: number
    web: boolean
    worker: boolean
    clock: Clock
    log: Logger
    metrics?: MetricsDoor
  },
): Promise<Running> {
  const { database, duties, metrics } = directory
  const note = openRunNotes(database)
  const told: typeof note = async (duty, now, fault) => {
    metrics.dutyRun(duty.name, fault === undefined ? 'done' : 'failed')
    await note(duty, now, fault)
  }
  if (how.worker) {
    const names = duties.map(({ name }) => name)
    await database.transaction({ role: 'worker' }, (tx) => forgetRunsBefore(tx, how.clock.now(), names))
  }
  const roster = how.worker ? startDuties(duties, database, how.clock, how.log, told) : undefined
  const gauge = how.metrics && (await serveMetrics(how.metrics, () => writeMetrics(directory, how.clock)))
  const web = how.web ? await listen(directory, how.host, how.port) : undefined
  return {
    port: web?.port ?? 0,
    stop: async () => {
      await gauge?.close()
      await web?.close()
      await roster?.stop()
      await directory.close()
    },
  }
}

function listen(directory: Directory, hostname: string, port: number) {
  return new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
    const server = serve({ fetch: directory.street.fetch, hostname, port }, (info: AddressInfo) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            directory.street.endStreams()
            if (!('closeAllConnections' in server)) return
            server.closeIdleConnections()
            setTimeout(() => server.closeAllConnections(), patience).unref()
          }),
      })
    })
    server.on('error', reject)
  })
}

/** Stops once on the first signal; a second one ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}
