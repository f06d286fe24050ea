import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type DatabaseUrls, freePort } from '@parley/testkit'
import { Client } from 'pg'
import { loadCommunity } from '../../apps/directory/src/modules/community/index.ts'
import { cpuOf, mostMemoryOf } from '../figures.ts'
import { generateEntry } from '../generated-entries.ts'
import { textQueries } from '../lookup.ts'
import type { Questions } from './settings.ts'

/** A Directus that holds the same entries; installed outside this project (docs/benchmarks.md says how). */
export interface Directus {
  readonly port: number
  readonly questions: Questions
  /** The most megabytes that the process ever held, and milliseconds of CPU that it has used. */
  used(): Promise<{ readonly memory: number; readonly cpu: number }>
  stop(): Promise<void>
}

const token = 'a-token-of-the-bench-that-guards-nothing'
const columns = ['state', 'kind', 'language', 'entity_name', 'entity_name_english', 'description'] as const

/** Starts it on a database of its own, makes one collection and fills it with the entries of the generator. */
export async function startDirectus(
  peers: string,
  database: DatabaseUrls,
  entries: number,
): Promise<Directus> {
  const node = join(peers, 'node_modules/.bin/node')
  const program = join(peers, 'node_modules/directus/cli.js')
  if (!existsSync(node) || !existsSync(program)) throw new Error(`No Directus with its Node in ${peers}.`)
  const port = await freePort()
  const settings = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRET: 'a secret of the bench that guards nothing',
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: database.ownerUrl,
    DB_POOL__MAX: '10',
    ADMIN_EMAIL: 'manager@example.org',
    ADMIN_PASSWORD: 'a-password-of-the-bench',
    ADMIN_TOKEN: token,
    LOG_LEVEL: 'error',
    TELEMETRY: 'false',
    RATE_LIMITER_ENABLED: 'false',
    WEBSOCKETS_ENABLED: 'false',
  }
  await promisify(execFile)(node, [program, 'bootstrap'], { cwd: peers, env: settings })
  const child = spawn(node, [program, 'start'], { cwd: peers, env: settings, stdio: 'ignore' })
  const stop = async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  try {
    await answers(port)
    await makeCollection(port)
    const ids = await fill(database.ownerUrl, entries)
    const community = loadCommunity('united-nations', { demonstration: false })
    const ask = (paths: readonly string[]) =>
      paths.map((path) => ({
        path: `/items/entries${path}`,
        headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` },
      }))
    const { exact, fragments } = textQueries()
    return {
      port,
      questions: {
        lookup: ask(ids.slice(0, 1000).map((id) => `/${id}`)),
        'list of a State': ask(
          community.states.map(
            ({ code }) => `?${new URLSearchParams({ 'filter[state][_eq]': code, limit: '20' })}`,
          ),
        ),
        'text search': ask(
          [...exact, ...fragments].map((search) => `?${new URLSearchParams({ search, limit: '20' })}`),
        ),
      },
      used: async () => ({ memory: await mostMemoryOf(child.pid ?? 0), cpu: await cpuOf(child.pid ?? 0) }),
      stop,
    }
  } catch (fault) {
    await stop()
    throw fault
  }
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/server/ping`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(500)
  }
  throw new Error('Directus does not answer.')
}

async function makeCollection(port: number): Promise<void> {
  const id = { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } }
  const texts = columns.map((field) => ({ field, type: 'text', schema: {}, meta: {} }))
  const addresses = { field: 'addresses', type: 'json', schema: {}, meta: { special: ['cast-json'] } }
  const answer = await fetch(`http://127.0.0.1:${port}/collections`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ collection: 'entries', schema: {}, meta: {}, fields: [id, ...texts, addresses] }),
  })
  if (!answer.ok) throw new Error(`Directus makes no collection: ${await answer.text()}`)
}

async function fill(url: string, count: number): Promise<readonly string[]> {
  const community = loadCommunity('united-nations', { demonstration: false })
  const rows = Array.from({ length: count }, (_, number) => {
    const { id, state, kind, language, entityName, description, addresses } = generateEntry(
      community,
      number,
      new Date(),
    )
    const names = { entity_name: entityName.original, entity_name_english: entityName.english }
    return { id, state, kind, language, ...names, description: description.original, addresses }
  })
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('insert into entries select * from json_populate_recordset(null::entries, $1)', [
      JSON.stringify(rows),
    ])
    await client.query('create index on entries (state)')
    await client.query('analyze entries')
  } finally {
    await client.end()
  }
  return rows.map(({ id }) => id)
}
