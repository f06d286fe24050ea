import { openOutbound, reachRelay } from '@parley/mail'
import { compose } from '../../apps/directory/src/compose.ts'
import { loadCommunity } from '../../apps/directory/src/modules/community/index.ts'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { openPostgres } from '../../apps/directory/src/platform/database/postgres.ts'
import { openLog } from '../../apps/directory/src/platform/telemetry/log.ts'
import { checksAddress, fastClock, type Orders, secret } from './orders.ts'

/** The Directory of a fault run, in whatever process. */
export async function openDirectory(orders: Orders) {
  const { database, connections, smtp, time, folder } = orders
  const clock = fastClock(time)
  const keys = openKeys(secret)
  const log = openLog(orders.logs ? 'info' : 'silent')
  const community = loadCommunity('united-nations', { demonstration: false })
  const directory = await compose({
    engine: await openPostgres({ ...database, connections: 5 }),
    clock,
    keys,
    log,
    community,
    origin: new URL('http://localhost:8080'),
    managerEmail: 'manager@directory.example',
    folder,
    reachRelay: () => reachRelay(smtp, 2_000),
    post: {
      outbound: openOutbound(smtp, { connections }),
      connections,
      from: checksAddress,
      mailbox: checksAddress,
    },
  })
  return { directory, clock, keys, log, community }
}
