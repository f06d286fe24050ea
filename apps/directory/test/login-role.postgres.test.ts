import { newId } from '@parley/kernel'
import { createPostgresDatabase } from '@parley/testkit'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { saveMission } from '../src/modules/community/index.ts'
import { openPostgres } from '../src/platform/database/postgres.ts'
import { stateCode } from './nominate.ts'
import { listTables } from './row-probe.ts'
import { openWorld, type World } from './world.ts'

// What somebody gets who holds the application's own way into the database and nothing of the program.

let world: World
let login: Client
beforeAll(async () => {
  const server = process.env['PARLEY_TEST_POSTGRES'] ?? ''
  const { appUrl, ownerUrl } = await createPostgresDatabase(server, `login_${newId().replaceAll('-', '')}`)
  world = await openWorld({ engine: await openPostgres({ url: appUrl, ownerUrl, connections: 2 }) })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, stateCode('XA'), {
      email: 'mission@sahiliya.example',
      telephone: undefined,
      language: 'ar',
    }),
  )
  login = new Client({ connectionString: appUrl })
  await login.connect()
})
afterAll(async () => {
  await login?.end()
  await world?.close()
})
beforeEach(() => login.query('begin'))
afterEach(() => login.query('rollback'))

const refused = '42501'

test('the login role reads no table before it takes a role of the program', async () => {
  const tables = (await listTables(world.directory.database)).map(({ name }) => name)
  expect(tables).toContain('community.mission')
  const read: string[] = []
  for (const name of tables) if (await succeeds(`select from ${name}`)) read.push(name)
  expect(read).toEqual(['platform.migration'])
})

test('as a participant without a State, or of another one, it reads nothing of a State', async () => {
  await login.query('set local role parley_participant')
  expect(await missions()).toBe(0)
  await login.query("set local parley.state = 'XB'")
  expect(await missions()).toBe(0)
  await login.query("set local parley.state = 'XA'")
  expect(await missions()).toBe(1)
})

test.each([
  'alter table community.mission disable row level security',
  'alter table community.mission no force row level security',
  'drop policy own on community.mission',
  'create policy mine on community.mission using (true)',
  'drop trigger append_only on history.act',
  'truncate history.act',
  'create table community.mine (text text)',
  'grant parley_owner to parley_app',
  'set local role parley_owner',
  'set local session_replication_role = replica',
])('it may not: %s', async (statement) => {
  await expect(login.query(statement)).rejects.toMatchObject({ code: refused })
})

test('asking to be spared the policies is refused, not granted', async () => {
  await login.query('set local role parley_participant; set local row_security = off')
  await expect(missions()).rejects.toMatchObject({ code: refused })
})

async function missions(): Promise<number> {
  const { rowCount } = await login.query('select from community.mission')
  return rowCount ?? 0
}

async function succeeds(statement: string): Promise<boolean> {
  await login.query('savepoint before')
  try {
    await login.query(statement)
    return true
  } catch (fault) {
    await login.query('rollback to before')
    if (fault instanceof Error && 'code' in fault && fault.code === refused) return false
    throw fault
  }
}
