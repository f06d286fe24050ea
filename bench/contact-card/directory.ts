// Our side of the contact-card bench: a whole Directory on PostgreSQL that answers over HTTP.
import { newId, parseStateCode } from '@parley/kernel'
import {
  admitPerson,
  beginSession,
  sessionCookieName,
} from '../../apps/directory/src/modules/accounts/index.ts'
import { entryRoute } from '../../apps/directory/src/modules/directory/routes.ts'
import { run } from '../../apps/directory/src/run.ts'
import { href } from '@parley/web'
import { sql } from 'kysely'
import { answer, settingsOf } from '../child.ts'
import { insertEntries } from '../generated-entries.ts'
import { measureBetween, openDirectory } from '../open-directory.ts'
import { origin } from '../settings.ts'
import type { CardSettings, Visit } from './settings.ts'

const settings = settingsOf<CardSettings>()
const { directory, keys, community, clock, log } = await openDirectory(
  { urls: settings.database, connections: settings.pool },
  { cardsPerHour: 1_000_000_000 },
)
const { database } = directory
/** So many cards are asked for, in turn. */
const visited = 1_000
const running = await run(directory, { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log })

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
    ...measureBetween(),
  },
  () => running.stop(),
)
