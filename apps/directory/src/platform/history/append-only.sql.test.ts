import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guardedTables, type HistoryWorld, openHistoryWorld, stateCode } from '../../../test/history-world.ts'
import { sealHistory } from './seal.ts'
import { signCheckpoint } from './checkpoint.ts'

let world: HistoryWorld
beforeAll(async () => {
  world = await openHistoryWorld()
  await world.record({ verb: 'entry.added', subject: 'entry:1' })
  await sealHistory(world.database)
  await signCheckpoint(world.database, world.key, world.clock.now())
})
afterAll(() => world?.close())

const changes = guardedTables.flatMap((table) => [
  [table, `delete from history.${table}`],
  [table, `update history.${table} set ${table === 'act' ? "verb = 'other'" : "hash = 'other'"}`],
])

test.each(changes)('RULE-9: no role changes %s: %s', async (_, statement) => {
  for (const role of ['public', 'participant', 'manager', 'worker'] as const) {
    const change = world.database.transaction({ role }, (tx) => sql.raw(statement).execute(tx))
    await expect(change).rejects.toThrow(/permission denied/)
  }
})

test.each(changes)('RULE-9: not even the owner changes %s: %s', async (_, statement) => {
  await expect(world.asOwner(statement)).rejects.toThrow('the history is append-only')
})

test('RULE-9: not even the owner empties the history', async () => {
  await expect(world.asOwner('truncate history.act cascade')).rejects.toThrow('the history is append-only')
})

test('a State writes no line into the history of another', async () => {
  const act = `insert into history.act (id, at, actor, verb, subject, state, request_id)
    values (gen_random_uuid(), '2026-11-23', 'mission', 'entry.added', 'entry:2', 'XB', 'r')`
  await expect(
    world.database.transaction({ role: 'participant', state: stateCode('XA') }, (tx) =>
      sql.raw(act).execute(tx),
    ),
  ).rejects.toThrow(/row-level security/)
})
