import { newId } from '@parley/kernel'
import { createPostgresDatabase } from '@parley/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { openPostgres } from './postgres.ts'

// What a transaction begins with goes out with its first statement (docs/adr/0018).

let world: World
beforeAll(async () => {
  const server = process.env['PARLEY_TEST_POSTGRES'] ?? ''
  const { appUrl, ownerUrl } = await createPostgresDatabase(server, `ahead_${newId().replaceAll('-', '')}`)
  world = await openWorld({ engine: await openPostgres({ url: appUrl, ownerUrl, connections: 1 }) })
})
afterAll(() => world?.close())

const whoAmI = sql<{ role: string; state: string }>`
  select current_user as role, current_setting('parley.state', true) as state`

test('a fault of what is sent ahead is met by the first statement, and the connection goes on', async () => {
  const { database } = world.directory
  const unwritable = { role: 'public', key: 'no text holds \0' } as const
  await expect(database.transaction(unwritable, (tx) => whoAmI.execute(tx))).rejects.toThrow('0x00')
  await expect(database.transaction(unwritable, async () => 'done')).rejects.toThrow('0x00')
  const { rows } = await database.transaction({ role: 'worker' }, (tx) => whoAmI.execute(tx))
  expect(rows).toEqual([{ role: 'parley_worker', state: '' }])
})

test('each transaction on a connection works as its own role, whatever came before', async () => {
  const { database } = world.directory
  const roles = ['manager', 'public', 'worker', 'participant', 'auditor'] as const
  const seen = await Promise.all(
    roles.map((role) =>
      database.transaction({ role }, async (tx) => (await whoAmI.execute(tx)).rows[0]?.role),
    ),
  )
  expect(seen).toEqual(roles.map((role) => `parley_${role}`))
})
