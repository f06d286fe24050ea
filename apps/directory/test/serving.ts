import { freePort } from '@parley/testkit'
import { run } from '../src/run.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** A whole Directory on a free port of this machine, for a browser; background work is done when the test says so. */
export interface Served {
  readonly world: World
  readonly origin: URL
  stop(): Promise<void>
}

export async function serveWorld(): Promise<Served> {
  const port = await freePort()
  return serveOn(port, { at: new URL(`http://localhost:${port}`) })
}

/** The same on a port that somebody else chose, under a name that may be a proxy's. */
export async function serveOn(
  port: number,
  options: Pick<WorldOptions, 'behindProxy' | 'log'> & { readonly at: URL },
): Promise<Served> {
  const world = await openWorld(options)
  const how = {
    host: 'localhost',
    port,
    web: true,
    worker: false,
    clock: world.clock,
    log: openLog('silent'),
  }
  const running = await run(world.directory, how)
  return { world, origin: options.at, stop: () => running.stop() }
}
