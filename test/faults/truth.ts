import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './fault.ts'

interface Seen {
  readonly webPorts: readonly number[]
  /** What the manager is told. */
  readonly conditions: () => Promise<readonly string[]>
  readonly allReady: () => Promise<unknown>
}

/** Until what is broken must be said, and until all must be up again. */
const saidWithin = 15_000
const toldWithin = 90_000
const upWithin = 90_000

/** Holds what the program says of itself against what was done to it. */
export function openTruth({ webPorts, conditions, allReady }: Seen) {
  const untold: string[] = []
  const hold = async (complaint: string, patience: number, isSo: () => Promise<boolean>) => {
    const until = Date.now() + patience
    while (!(await isSo().catch(() => false))) {
      if (Date.now() > until) return void untold.push(complaint)
      await sleep(250)
    }
  }
  return {
    untold: (): readonly string[] => untold,
    told: ((name) =>
      hold(`the manager was not told: ${name}`, toldWithin, async () =>
        (await conditions()).includes(name),
      )) satisfies Ground['told'],
    saysNotReady: async () => {
      await Promise.all(
        webPorts.map((port) =>
          hold('not said to be not ready', saidWithin, async () => {
            const alive = await statusOf(port, '/healthz')
            // One that was killed as well cannot start without its database, and says nothing.
            return alive === undefined || (alive === 200 && (await statusOf(port, '/readyz')) === 503)
          }),
        ),
      )
    },
    allUp: async () => {
      let isUp = false
      const ready = allReady().then(() => (isUp = true))
      await Promise.race([ready, sleep(upWithin, undefined, { ref: false })])
      if (!isUp) untold.push('a process did not come back')
      for (const port of webPorts)
        await hold(
          'not said to be ready',
          upWithin,
          async () => (await statusOf(port, '/readyz')) === 200 && (await statusOf(port, '/healthz')) === 200,
        )
    },
    /** When all is mended, it is no longer said to be broken. */
    allQuiet: async () => {
      for (const name of ['relay-unreachable', 'disk-nearly-full'])
        await hold(
          `still said when it was over: ${name}`,
          toldWithin,
          async () => !(await conditions()).includes(name),
        )
    },
  }
}

function statusOf(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asking = request(
      { host: '127.0.0.1', port, path, headers: { host: 'localhost:8080' }, timeout: 5_000 },
      (answer) => {
        resolve(answer.statusCode)
        answer.resume()
      },
    )
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(undefined))
    asking.end()
  })
}
