import { systemClock } from '@parley/kernel'
import { compose, type Outside } from '../apps/directory/src/compose.ts'
import { loadCommunity } from '../apps/directory/src/modules/community/index.ts'
import { openKeys } from '../apps/directory/src/platform/config/keys.ts'
import { openPostgres } from '../apps/directory/src/platform/database/postgres.ts'
import { openLog } from '../apps/directory/src/platform/telemetry/log.ts'
import { measure, type Used } from './child.ts'
import { origin, secret, type Urls } from './settings.ts'

const address = 'checks@directory.example'

interface Needed {
  readonly urls: Urls
  readonly connections?: number
  readonly log?: 'silent' | 'warn'
  /** How messages go out, and how many at a time; nowhere, and taken at once, unless said. */
  readonly post?: Pick<Outside['post'], 'outbound' | 'connections'>
}

/** A whole Directory on PostgreSQL, as a bench needs it. */
export async function openDirectory(
  { urls, connections = 10, log: level = 'silent', post }: Needed,
  more: Pick<Outside, 'cardsPerHour' | 'mailbox'> = {},
) {
  const keys = openKeys(secret)
  const community = loadCommunity('united-nations', { demonstration: false })
  const clock = systemClock
  const log = openLog(level)
  const nowhere = {
    outbound: { send: async () => ({ kind: 'accepted' as const }), close: async () => undefined },
    connections: 1,
  }
  const directory = await compose({
    engine: await openPostgres({ ...urls, connections }),
    clock,
    keys,
    log,
    community,
    origin,
    managerEmail: 'manager@directory.example',
    post: { ...(post ?? nowhere), from: address, mailbox: address },
    ...more,
  })
  return { directory, keys, community, clock, log }
}

/** What is used from `begin` to `end`, each asked for from outside. */
export function measureBetween(): {
  readonly begin: () => Promise<void>
  readonly end: () => Promise<Used | undefined>
} {
  let stop = Promise.withResolvers<void>()
  let used: ReturnType<typeof measure> | undefined
  return {
    begin: async () => {
      stop = Promise.withResolvers()
      used = measure(() => stop.promise)
    },
    end: async () => {
      stop.resolve()
      return used
    },
  }
}
