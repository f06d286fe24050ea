import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Clock, second } from '@parley/kernel'
import type { Logger } from 'pino'
import type { Directory } from './compose.ts'
import { startDuties } from './platform/duties/duties.ts'

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
  how: { host: string; port: number; web: boolean; worker: boolean; clock: Clock; log: Logger },
): Promise<Running> {
  const roster = how.worker
    ? startDuties(directory.duties, directory.database, how.clock, how.log)
    : undefined
  const web = how.web ? await listen(directory, how.host, how.port) : undefined
  return {
    port: web?.port ?? 0,
    stop: async () => {
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
            if (!('closeAllConnections' in server)) return
            server.closeIdleConnections()
            // A page that listens for live updates would never end by itself.
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
