import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import type { Engine, Tables } from './database.ts'

export interface PostgresSettings {
  /** The application's own login role: no superuser, no bypass of row-level security, not the owner. */
  readonly url: string
  /** The owner of the tables; used for migrations only. */
  readonly ownerUrl: string
  readonly connections: number
}

export async function openPostgres(settings: PostgresSettings): Promise<Engine> {
  const pool = new Pool({ connectionString: settings.url, max: settings.connections })
  // An idle connection that the server ended is replaced by the pool; it must not end the program.
  pool.on('error', () => undefined)
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    kind: 'postgres',
    queries,
    inTurn: (work) => work(),
    asOwner: async (work) => {
      const owner = new Client({ connectionString: settings.ownerUrl })
      await owner.connect()
      try {
        const { rows } = await pool.query<{ login: string }>('select current_user as login')
        await owner.query("select set_config('parley.login', $1, false)", [rows[0]?.login])
        await work(async (statements) => void (await owner.query(statements)))
      } finally {
        await owner.end()
      }
    },
    alone: async (name, work) => {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        const { rows } = await client.query<{ mine: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
          [name],
        )
        if (!rows[0]?.mine) return
        await work()
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
      } catch (fault) {
        // Ending the connection gives the lock back, whatever state it was in.
        broken = fault instanceof Error ? fault : new Error(String(fault))
        throw fault
      } finally {
        client.release(broken)
      }
    },
    close: () => queries.destroy(),
  }
}
