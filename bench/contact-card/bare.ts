// The other side of the contact-card bench: `node:http`, one pool, the same look-ups, and bytes that are ready.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Pool } from 'pg'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { answer, measure, settingsOf } from '../child.ts'
import { secret } from '../settings.ts'
import type { CardSettings } from './settings.ts'

const settings = settingsOf<CardSettings>()
const keys = openKeys(secret)
const pool = new Pool({ connectionString: settings.database.url, max: settings.pool })
let stored = Buffer.alloc(0)

const actAs =
  "select set_config('role', $1, true), set_config('parley.state', $2, true), set_config('parley.account', $3, true), set_config('parley.key', $4, true)"
const findSession = 'select * from accounts.session where digest = $1 and ended_at is null and ends_at > $2'
const findCard = `
  select entry.*, last_answered.month,
    (select json_agg(address order by position) from directory.address where entry_id = entry.id) as addresses
  from directory.entry
  join community.participation on participation.state = entry.state and participation.since is not null
  left join directory.last_answered on last_answered.entry_id = entry.id
  where entry.id = $1`

const server = createServer((request, response) => void serve(request, response))

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const isThere = await readCard(request.headers.cookie ?? '', request.url?.split('/').at(-1) ?? '')
    response.writeHead(isThere ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': isThere ? stored.length : 0,
    })
    response.end(isThere ? stored : undefined)
  } catch {
    response.writeHead(500).end()
  }
}
server.listen(0, '127.0.0.1')
await once(server, 'listening')

async function readCard(cookie: string, entry: string): Promise<boolean> {
  const digest = keys.digest('session', cookie.slice(cookie.indexOf('=') + 1))
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(actAs, ['parley_public', '', '', digest])
    const sessions = await client.query<{ state: string; account_id: string }>(findSession, [
      digest,
      new Date(),
    ])
    const [session] = sessions.rows
    if (session) {
      await client.query(actAs, ['parley_participant', session.state, session.account_id, ''])
    }
    const cards = session ? await client.query(findCard, [entry]) : undefined
    await client.query('commit')
    return cards?.rows.length === 1
  } finally {
    client.release()
  }
}

let stop = Promise.withResolvers<void>()
let used: ReturnType<typeof measure> | undefined

answer(
  {
    port: async () => {
      const address = server.address()
      return typeof address === 'object' ? address?.port : undefined
    },
    store: async (page) => {
      stored = Buffer.from(page)
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
  async () => {
    server.closeAllConnections()
    server.close()
    await pool.end()
  },
)
