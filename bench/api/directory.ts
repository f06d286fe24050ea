// Our side of the API bench: a whole Directory on PostgreSQL whose API is read with many tokens.
import { randomBytes } from 'node:crypto'
import { newId } from '@parley/kernel'
import { sql } from 'kysely'
import { run } from '../../apps/directory/src/run.ts'
import { answer, settingsOf } from '../child.ts'
import { insertEntries } from '../generated-entries.ts'
import { textQueries } from '../lookup.ts'
import { measureBetween, openDirectory } from '../open-directory.ts'
import { origin } from '../settings.ts'
import type { ApiSettings, Questions } from './settings.ts'

/** Hours are counted by token: so many that none comes to the end of its own while it is measured. */
const tokensOfState = 40

const settings = settingsOf<ApiSettings>()
const { directory, keys, community, clock, log } = await openDirectory({
  urls: settings.database,
  connections: settings.pool,
})
const { database } = directory
const running = await run(directory, { host: '127.0.0.1', port: 0, web: true, worker: false, clock, log })
const { begin, end } = measureBetween()

answer(
  {
    port: async () => running.port,
    prepare: async (): Promise<Questions> => {
      const now = clock.now()
      const secrets = Array.from(
        { length: tokensOfState },
        () => `parley_${randomBytes(32).toString('base64url')}`,
      )
      const tokens = community.states.flatMap(({ code }) =>
        secrets.map((each) => ({ code, secret: each.slice(0, -2) + code })),
      )
      return database.transaction({ role: 'worker' }, async (tx) => {
        await insertEntries(tx, community, settings.entries, now)
        const rows = tokens.map((token) => ({
          id: newId(),
          state: token.code,
          name: 'bench',
          scopes: ['entries:read'],
          digest: keys.digest('token', token.secret),
          issued_at: now,
          expires_at: new Date(now.getTime() + 86_400_000),
          hour_began_at: now,
          requests: 0,
          states_listed: 0,
          cards_read: 0,
        }))
        await sql`insert into tokens.token
          select * from jsonb_populate_recordset(null::tokens.token, ${JSON.stringify(rows)}::jsonb)`.execute(
          tx,
        )
        const { rows: entries } = await sql<{ id: string }>`
          select id from directory.entry order by md5(id::text) limit 1000`.execute(tx)
        const ask = (paths: readonly string[]) =>
          tokens.map((token, number) => ({
            path: `/api/v1/entries${paths[number % paths.length]}`,
            headers: { host: origin.host, authorization: `Bearer ${token.secret}` },
          }))
        const { exact, fragments } = textQueries()
        return {
          lookup: ask(entries.map(({ id }) => `/${id}`)),
          'list of a State': ask(community.states.map(({ code }) => `?state=${code}&limit=20`)),
          'text search': ask(
            [...exact, ...fragments].map((text) => `?${new URLSearchParams({ text, limit: '20' })}`),
          ),
        }
      })
    },
    begin: async () => {
      await database.transaction({ role: 'worker' }, (tx) =>
        sql`update tokens.token set requests = 0, states_listed = 0, cards_read = 0`.execute(tx),
      )
      await begin()
    },
    end,
  },
  () => running.stop(),
)
