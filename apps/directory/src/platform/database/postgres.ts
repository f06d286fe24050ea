import { Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolClient } from 'pg'
import type { Engine, Tables } from './database.ts'
import { actingStatement, nameOfPrepared } from './prepared.ts'

export interface PostgresSettings {
  /** The application's own login role: no superuser, no bypass of row-level security, not the owner. */
  readonly url: string
  /** The owner of the tables; used for migrations only. */
  readonly ownerUrl: string
  readonly connections: number
}

export async function openPostgres(settings: PostgresSettings): Promise<Engine> {
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.connections,
    // What is asked here is small: starting parallel workers or a compiler takes longer than the answer.
    options: '-c jit=off -c max_parallel_workers_per_gather=0',
    pipeline: true,
  })
  // An idle connection that the server ended is replaced by the pool; it must not end the program.
  pool.on('error', () => undefined)
  pool.on('connect', survive)
  pool.on('connect', hasten)
  // The locks of all duties live in one session of their own: a duty that holds its lock on a connection of the pool
  // and waits there for another would, with enough duties, wait for ever.
  const locks = new Pool({ connectionString: settings.url, max: 1, idleTimeoutMillis: 0 })
  locks.on('error', () => undefined)
  locks.on('connect', survive)
  const running = new Set<string>()
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    kind: 'postgres',
    queries,
    inTurn: (work) => work(),
    asOwner: async (work) => {
      // A pool of one that is never idle too long is one connection, and Kysely knows how to use it.
      const owner = new Pool({ connectionString: settings.ownerUrl, max: 1, idleTimeoutMillis: 0 })
      owner.on('error', () => undefined)
      const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: owner }) })
      try {
        const { rows } = await pool.query<{ login: string }>('select current_user as login')
        await owner.query("select set_config('parley.login', $1, false)", [rows[0]?.login])
        await work(async (statements) => void (await owner.query(statements)), queries)
      } finally {
        // Not by Kysely, which ends no pool that it has not used; the process would never end.
        await owner.end()
      }
    },
    alone: async (name, work) => {
      // A session takes a lock of its own a second time, so another run in this process is kept out here.
      if (running.has(name)) return
      running.add(name)
      try {
        const { rows } = await locks.query<{ mine: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
          [name],
        )
        if (!rows[0]?.mine) return
        try {
          await work()
        } finally {
          // Where the session was lost, the lock went with it.
          await locks.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        }
      } finally {
        running.delete(name)
      }
    },
    close: async () => {
      await queries.destroy()
      await locks.end()
    },
  }
}

/** A connection that breaks while it is in use fails its query; it must not end the program as well. */
function survive(client: PoolClient): void {
  client.on('error', () => undefined)
}

/**
 * Kysely speaks to the driver in texts and waits for each. Here a statement that has a name is prepared under it, and
 * what a transaction begins with goes out with the first statement whose answer is read: a fault of it is met there.
 */
function hasten(client: PoolClient): void {
  const ask = client.query.bind(client)
  const { stream } = client.connection
  let ahead: readonly Promise<unknown>[] = []
  const query = (text: unknown, values: unknown, ...rest: readonly unknown[]): unknown => {
    const name = typeof text === 'string' ? nameOfPrepared(text) : undefined
    const isAhead = text === 'begin' || name === actingStatement
    if (isAhead) stream.cork()
    const asked: unknown = Reflect.apply(
      ask,
      client,
      name === undefined ? [text, values, ...rest] : [{ name, text, values }, ...rest],
    )
    if (isAhead) {
      const done = Promise.resolve(asked)
      done.catch(() => undefined)
      ahead = [...ahead, done]
      return Promise.resolve({ command: 'SELECT', rowCount: 0, rows: [] })
    }
    if (ahead.length === 0) return asked
    for (const _ of ahead) stream.uncork()
    const all = Promise.all([asked, ...ahead])
    ahead = []
    return all.then(([answer]) => answer)
  }
  Object.assign(client, { query })
}
