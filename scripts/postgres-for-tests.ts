import { startPostgres, type PostgresServer } from '../packages/testkit/src/postgres-server.ts'

let server: PostgresServer | undefined

/** One server for the whole run; tests find it under PARLEY_TEST_POSTGRES (owner's URL). */
export async function setup(): Promise<void> {
  server = await startPostgres()
  process.env.PARLEY_TEST_POSTGRES = server.ownerUrl
}

export async function teardown(): Promise<void> {
  await server?.stop()
}
