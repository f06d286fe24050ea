// Our side of the contact-card bench: a whole Directory on PostgreSQL that answers over HTTP.
import { newId, parseStateCode, systemClock } from '@parley/kernel'
import { compose } from '../../apps/directory/src/compose.ts'
import {
  admitPerson,
  beginSession,
  sessionCookieName,
} from '../../apps/directory/src/modules/accounts/index.ts'
import { loadCommunity } from '../../apps/directory/src/modules/community/index.ts'
import { entryRoute } from '../../apps/directory/src/modules/directory/routes.ts'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { openPostgres } from '../../apps/directory/src/platform/database/postgres.ts'
import { openLog } from '../../apps/directory/src/platform/telemetry/log.ts'
import { run } from '../../apps/directory/src/run.ts'
import { href } from '@parley/web'
import { sql } from 'kysely'
import { answer, measure, settingsOf } from '../child.ts'
import { insertEntries } from '../generated-entries.ts'
import { type CardSettings, origin, secret, type Visit } from './settings.ts'

const settings = settingsOf<CardSettings>()
const keys = openKeys(secret)
const community = loadCommunity('united-nations', { demonstration: false })
const clock = systemClock
const log = openLog('silent')
const address = 'checks@directory.example'
const directory = await compose({
  engine: await openPostgres({ ...settings.database, connections: settings.pool }),
  clock,
  keys,
  log,
  community,
  origin,
  cardsPerHour: 1_000_000_000,
  managerEmail: 'manager@directory.example',
  post: {
    outbound: { send: async () => ({ kind: 'accepted' }), close: async () => undefined },
    connections: 1,
    from: address,
    mailbox: address,
  },
})
const { database } = directory
/** So many cards are asked for, in turn. */
const visited = 1_000
const running = await run(directory, { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log })
let stop = Promise.withResolvers<void>()
let used: ReturnType<typeof measure> | undefined

answer(
  {
    port: async () => running.port,
    prepare: async (): Promise<Visit> => {
      const state = parseStateCode('FR')
      if (!state) throw new Error('no State')
      const as = { role: 'poc', kind: 'technical', state } as const
      const now = clock.now()
      return database.transaction({ role: 'worker' }, async (tx) => {
        await insertEntries(tx, community, settings.entries, now)
        const email = `${newId()}@person.example`
        const person = await admitPerson(tx, now, { name: 'Claire Martin', email, language: 'fr' }, as)
        const key = await beginSession(tx, keys, now, person, as)
        // A POC of France reads those of others; ids say nothing of who is whose.
        const { rows } = await sql<{ id: string }>`
          select id from directory.entry where state <> ${state} order by md5(id::text) limit ${visited}`.execute(
          tx,
        )
        return {
          host: origin.host,
          cookie: `${sessionCookieName(origin)}=${key}`,
          paths: rows.map(({ id }) => href('en', entryRoute, { entry: id })),
        }
      })
    },
    begin: async () => {
      stop = Promise.withResolvers()
      used = measure(() => stop.promise)
    },
    end: async () => {
      stop.resolve()
      return used
    },
  },
  () => running.stop(),
)
