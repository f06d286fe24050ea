import { serve } from '@hono/node-server'
import { systemClock } from '@parley/kernel'
import { freePort } from '@parley/testkit'
import { fileURLToPath } from 'node:url'
import { openDesk } from '../src/open-desk.ts'
import { quick } from './desk-folder.ts'

const profile = fileURLToPath(new URL('../../directory/profiles/united-nations', import.meta.url))

/** A Desk at an address of this machine, for a real browser; the caller closes it. */
export async function serveDesk(folder: string) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const running = openDesk({ ...quick, clock: systemClock, folder, profile, origin: new URL(origin) })
  const server = serve({ fetch: running.fetch, hostname: '127.0.0.1', port })
  return {
    origin,
    secret: running.secret ?? '',
    desk: running.desk,
    close: async () => {
      server.close()
      await running.close()
    },
  }
}
