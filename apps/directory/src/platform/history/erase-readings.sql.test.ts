import { after, day } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HistoryWorld, openHistoryWorld, stateCode } from '../../../test/history-world.ts'
import { readingsEraser } from './erase.ts'
import { sealHistory } from './seal.ts'
import { verifyHistory } from './verify.ts'

let world: HistoryWorld
beforeAll(async () => {
  world = await openHistoryWorld()
  const state = stateCode('XA')
  for (const verb of [
    'list.exported',
    'token.whole-list-read',
    'entry.viewed',
    'mission.changed',
    'entry.thread',
  ])
    await world.record({ verb, subject: `test:${verb}`, state, content: { about: verb } })
  await sealHistory(world.database)
})
afterAll(() => world?.close())

async function keptAfter(days: number): Promise<readonly string[]> {
  await readingsEraser(world.database, 730).run(after(world.clock.now(), days * day))
  const { rows } = await world.database.transaction({ role: 'worker' }, (tx) =>
    sql<{ about: string }>`select content->>'about' as about from history.content order by about`.execute(tx),
  )
  return rows.map(({ about }) => about)
}

test('what a reading or an export was about is gone after two years; that it was stays, and the history holds', async () => {
  expect(await keptAfter(729)).toHaveLength(5)
  expect(await keptAfter(731)).toEqual(['entry.thread', 'mission.changed'])
  expect(await verifyHistory(world.database, world.key)).toMatchObject({ length: 5 })
  expect(await verifyHistory(world.database, world.key)).not.toHaveProperty('broken')
})
