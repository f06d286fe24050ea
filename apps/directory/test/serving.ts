import { freePort } from '@parley/testkit'
import { run } from '../src/run.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import { openWorld, type World } from './world.ts'

/** A whole Directory on a free port of this machine, for a browser; background work is done when the test says so. */
export interface Served {
  readonly world: World
  readonly origin: URL
  stop(): Promise<void>
}

export async function serveWorld(): Promise<Served> {
  const port = await freePort()
  const origin = new URL(`http://localhost:${port}`)
  const world = await openWorld({ at: origin })
  const how = {
    host: 'localhost',
    port,
    web: true,
    worker: false,
    clock: world.clock,
    log: openLog('silent'),
  }
  const running = await run(world.directory, how)
  return { world, origin, stop: () => running.stop() }
}
