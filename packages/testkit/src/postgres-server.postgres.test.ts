import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresDatabase, startPostgres, type PostgresServer } from './postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ durable: true })
})
afterAll(() => server?.stop())

test('neither role may pass the row policies', async () => {
  const { ownerUrl } = await server.createDatabase('roles')
  const roles = await query(
    ownerUrl,
    `select rolname, rolsuper, rolbypassrls, rolinherit from pg_roles where rolname like 'parley%' order by 1`,
  )
  expect(roles).toEqual([
    { rolname: 'parley_app', rolsuper: false, rolbypassrls: false, rolinherit: false },
    { rolname: 'parley_owner', rolsuper: false, rolbypassrls: false, rolinherit: true },
  ])
})

test('the app role has what the owner granted, and nothing else', async () => {
  const { ownerUrl, appUrl } = await server.createDatabase('grants "and quotes"')
  await query(ownerUrl, 'create table open (word text); create table closed (word text)')
  await query(ownerUrl, `insert into open values ('ÉTÉ'); grant select on open to parley_app`)

  expect(await query(appUrl, 'select lower(word) as word from open')).toEqual([{ word: 'été' }])
  await expect(query(appUrl, 'select * from closed')).rejects.toThrow('permission denied')
  await expect(query(appUrl, 'create table own (word text)')).rejects.toThrow('permission denied')
})

test('what was acknowledged is there after a restart and after every process was killed', async () => {
  const { ownerUrl } = await server.createDatabase('killed')
  await query(ownerUrl, 'create table kept (word text)')
  await query(ownerUrl, `insert into kept values ('before the restart')`)
  await server.restart()
  await query(ownerUrl, `insert into kept values ('before the kill')`)
  await server.kill()
  await expect(query(ownerUrl, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await server.start()

  expect(await query(ownerUrl, 'select word from kept')).toEqual([
    { word: 'before the restart' },
    { word: 'before the kill' },
  ])
})

test('the server of the run is reached from a test', async () => {
  const { appUrl } = await createPostgresDatabase(process.env.PARLEY_TEST_POSTGRES ?? '', 'reached')
  expect(await query(appUrl, 'select current_user')).toEqual([{ current_user: 'parley_app' }])
})

async function query(url: string, sql: string): Promise<readonly object[]> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query<object>(sql)).rows
  } finally {
    await client.end()
  }
}
