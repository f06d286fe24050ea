import { openPostgres } from '../apps/directory/src/platform/database/postgres.ts'
import { openWorld } from '../apps/directory/test/world.ts'
import { startPostgres, type PostgresServer } from '../packages/testkit/src/postgres-server.ts'

let server: PostgresServer | undefined

/**
 * One server for the whole run; tests find it under PARLEY_TEST_POSTGRES (owner's URL). The database named by
 * PARLEY_TEST_TEMPLATE was migrated once: a copy of it takes a fraction of the time.
 */
export async function setup(): Promise<void> {
  server = await startPostgres()
  const name = 'parley_template'
  const { appUrl, ownerUrl } = await server.createDatabase(name)
  const world = await openWorld({ engine: await openPostgres({ url: appUrl, ownerUrl, connections: 5 }) })
  await world.close()
  // No database is copied while anybody is in it, and a pool lets its idle connection go in its own time.
  await server.restart()
  process.env['PARLEY_TEST_POSTGRES'] = server.ownerUrl
  process.env['PARLEY_TEST_TEMPLATE'] = name
}

export async function teardown(): Promise<void> {
  await server?.stop()
}
