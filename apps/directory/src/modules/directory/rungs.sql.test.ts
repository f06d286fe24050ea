import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { rungs } from './domain/entry.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('every rung of the ladder can be kept of an address, the highest too', async () => {
  const { rows } = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql<{ rule: string }>`
      select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'known_rung_check'`.execute(
      tx,
    ),
  )
  for (const rung of rungs) expect(rows[0]?.rule).toContain(`'${rung}'`)
})
