import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '@parley/kernel'
import { type HistoryWorld, openHistoryWorld, stateCode } from '../../../test/history-world.ts'
import { openKeys } from '../config/keys.ts'
import { checkpointText, currentCheckpoint, shortCheckpoint, signCheckpoint } from './checkpoint.ts'
import { openCheckpointKey } from './checkpoint-key.ts'
import { eraseSubject } from './erase.ts'
import { sealHistory } from './seal.ts'
import { verifyHistory } from './verify.ts'

let world: HistoryWorld
beforeEach(async () => {
  world = await openHistoryWorld()
})
afterEach(() => world?.close())

/** Five acts with contents, sealed, with a checkpoint at the third and at the fifth. */
async function fiveActs(): Promise<void> {
  for (const number of [1, 2, 3, 4, 5]) {
    await world.record({
      verb: 'entry.changed',
      subject: `entry:${number}`,
      state: stateCode('XA'),
      content: { email: `poc${number}@sahiliya.example` },
    })
    await sealHistory(world.database)
    if (number === 3 || number === 5) await signCheckpoint(world.database, world.key, world.clock.now())
  }
}

const verify = (against?: string) => verifyHistory(world.database, world.key, against)
const newest = () => world.database.transaction({ role: 'public' }, currentCheckpoint)

test('an untouched history holds, with its checkpoints', async () => {
  await fiveActs()
  expect(await verify()).toMatchObject({ length: 5, checkpoints: 2 })
  expect(await verify()).not.toHaveProperty('broken')
})

test.each([
  [
    'a changed act',
    `update history.act set verb = 'entry.added' where subject = 'entry:2'`,
    'act-changed',
    2,
  ],
  ['a changed actor', `update history.act set actor = 'manager' where subject = 'entry:4'`, 'act-changed', 4],
  [
    'a changed content',
    `update history.content set content = '{"email":"other@sahiliya.example"}' where subject = 'entry:3'`,
    'content-changed',
    3,
  ],
  [
    'a dropped act',
    `alter table history.seal drop constraint seal_act_id_fkey; delete from history.content where subject = 'entry:4';
     delete from history.act where subject = 'entry:4'`,
    'act-missing',
    4,
  ],
  ['a dropped seal', `delete from history.seal where seq = 4`, 'seal-missing', 4],
  [
    'two swapped acts',
    `alter table history.seal drop constraint seal_act_id_key;
     update history.seal as one set act_id = other.act_id from history.seal as other
     where (one.seq, other.seq) in ((2, 3), (3, 2))`,
    'act-changed',
    2,
  ],
  ['a changed hash', `update history.seal set hash = repeat('0', 64) where seq = 1`, 'act-changed', 1],
  [
    'a forged checkpoint',
    `update history.checkpoint set at = '2020-01-01' where seq = 3`,
    'checkpoint-forged',
    3,
  ],
  [
    'a cut end',
    `alter table history.checkpoint drop constraint checkpoint_seq_fkey; delete from history.seal where seq = 5`,
    'end-missing',
    5,
  ],
])('RULE-9: %s is named', async (_, statements, what, seq) => {
  await fiveActs()
  await world.tamper(statements)
  expect((await verify()).broken).toMatchObject({ what, seq })
})

test('RULE-9: an act that was kept out of the chain is named', async () => {
  await fiveActs()
  await world.record({ verb: 'entry.withdrawn', subject: 'entry:6' })
  expect(await verify()).not.toHaveProperty('broken')
  await world.tamper('delete from history.pending')
  expect((await verify()).broken).toMatchObject({ what: 'act-not-sealed' })
})

test('a checkpoint signed with another key is a forgery', async () => {
  await fiveActs()
  await world.record({ verb: 'entry.added', subject: 'entry:6' })
  await sealHistory(world.database)
  const other = openCheckpointKey(openKeys('another secret, of somebody who took over the server'))
  await signCheckpoint(world.database, other, world.clock.now())
  expect((await verify()).broken).toEqual({ what: 'checkpoint-forged', seq: 6 })
})

test('RULE-9: a history written anew from the start does not contain the checkpoint that somebody kept', async () => {
  await fiveActs()
  const kept = await newest()
  if (!kept) throw new Error('no checkpoint')
  const whole = `Kept on paper:\n${checkpointText(kept)}`
  const short = `Checkpoint ${shortCheckpoint(kept)}.`
  expect(await verify(whole)).toMatchObject({ compared: 1 })
  expect(await verify(whole)).not.toHaveProperty('broken')
  expect(await verify(short)).toMatchObject({ compared: 1 })
  expect(await verify(short)).not.toHaveProperty('broken')

  await world.tamper(`delete from history.checkpoint; delete from history.seal;
    update history.act set verb = 'entry.added' where subject = 'entry:2';
    insert into history.pending (act_id) select id from history.act order by subject`)
  await sealHistory(world.database)
  await signCheckpoint(world.database, world.key, world.clock.now())
  expect(await verify()).not.toHaveProperty('broken')
  expect((await verify(whole)).broken).toEqual({ what: 'not-contained', seq: 5 })
  expect((await verify(short)).broken).toEqual({ what: 'not-contained', seq: 5 })
  expect((await verify('9:0123456789abcdef')).broken).toEqual({ what: 'not-contained', seq: 9 })
  const forged = checkpointText({ ...kept, seq: 4 })
  expect((await verify(forged)).broken).toEqual({ what: 'not-signed', seq: 4 })
})

test('sealing goes on where it was interrupted, and orders acts as they were written', async () => {
  await world.record(
    { verb: 'first', subject: 'a:1' },
    { verb: 'second', subject: 'a:2' },
    { verb: 'third', subject: 'a:3' },
  )
  const cut = world.database.transaction({ role: 'worker' }, async (tx) => {
    await sql`delete from history.pending`.execute(tx)
    throw new Error('killed here')
  })
  await expect(cut).rejects.toThrow('killed here')
  expect(await sealHistory(world.database)).toBe(3)
  expect(await sealHistory(world.database)).toBe(0)
  await world.record({ verb: 'fourth', subject: 'a:4' })
  await sealHistory(world.database)
  const { rows } = await world.database.transaction({ role: 'manager' }, (tx) =>
    sql<{
      verb: string
    }>`select verb from history.seal join history.act on act.id = act_id order by seq`.execute(tx),
  )
  expect(rows.map(({ verb }) => verb)).toEqual(['first', 'second', 'third', 'fourth'])
  expect(await verify()).not.toHaveProperty('broken')
})

test('more acts than one batch holds are all sealed in one run', async () => {
  const acts = Array.from({ length: 1201 }, (_, number) => ({ verb: 'many', subject: `many:${number}` }))
  const [first, ...others] = acts
  if (!first) throw new Error('no act')
  await world.record(first, ...others)
  expect(await sealHistory(world.database)).toBe(1201)
  expect(await verify()).toMatchObject({ length: 1201 })
})

const subject = fc.constantFrom('entry:1', 'entry:2', 'account:3', 'mission:XA')
const content = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).filter((name) => !name.includes('\0')),
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0')),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  { maxKeys: 4 },
)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: subject, content: fc.option(content, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ erase: subject }) },
  { weight: 1, arbitrary: fc.constant({ seal: true }) },
)

test('erasing a subject’s key and contents leaves the chain as it was, whatever was written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const each of steps) {
        if ('act' in each)
          await world.record({ verb: `did.${newId()}`, subject: each.act, content: each.content })
        else if ('erase' in each)
          await world.database.transaction({ role: 'worker' }, (tx) => eraseSubject(tx, each.erase))
        else await sealHistory(world.database)
      }
      await sealHistory(world.database)
      expect((await verify()).broken).toBeUndefined()
    }),
    { numRuns: 20 },
  )
})

test('what is erased cannot be guessed from its digest: the same content has another one under a new key', async () => {
  const content = { email: 'poc@sahiliya.example' }
  for (const _ of [1, 2]) {
    await world.record({ verb: 'entry.added', subject: 'entry:1', content })
    await world.database.transaction({ role: 'worker' }, (tx) => eraseSubject(tx, 'entry:1'))
  }
  const { rows } = await world.database.transaction({ role: 'manager' }, (tx) =>
    sql<{ digest: string }>`select distinct digest from history.act`.execute(tx),
  )
  expect(rows).toHaveLength(2)
})
