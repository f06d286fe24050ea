import { after, day } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { asDuty } from '../../platform/action.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { listFollowUps, recordAttempt } from './follow-up.ts'
import { checksTables } from './store.ts'

const address = 'silent@sahiliya.example'

let world: World
let closedAt: Date
beforeAll(async () => {
  world = await openWorld()
  const state = stateCode('XA')
  await world.participate(state)
  const entry = await nominate(world, state, 'technical', { addresses: [email(address)] })
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  world.clock.advance(3 * day)
  await world.work('close-rounds')
  closedAt = world.clock.now()
  const { database, performer } = world.directory
  const [followUp] = await database.transaction({ role: 'manager' }, (tx) => listFollowUps(tx))
  if (!followUp) throw new Error('no follow-up')
  const attempt = {
    onDate: '2026-11-26',
    authority: 'mission',
    channel: 'letter',
    outcome: 'not-reached',
  } as const
  await performer.perform(asDuty('test', closedAt), (scope) => recordAttempt(scope, followUp.id, attempt))
  const mission = await world.visitor({ role: 'mission', state })
  await mission.post(`/en/entries/${entry.id}/withdraw`)
  await world.work('relay')
})
afterAll(() => world?.close())

async function workAfter(days: number): Promise<string> {
  world.clock.set(after(closedAt, days * day))
  await world.work('checks.forget', 'erase-withdrawn')
  return wholeDatabase(world.directory.database)
}

test('30 days after a round the addresses that it was sent to are gone, and the results stay', async () => {
  expect(await workAfter(29.9)).toContain(`,${address},`)
  const left = await workAfter(30.1)
  expect(left).not.toContain(address)
  expect(left).toContain('no-answer')
})

test('30 days after it came, nothing is known of a mail that belongs to no check, but for what still waits to be read', async () => {
  const { database } = world.directory
  const mails = [
    ['answers-no-check', 'nothing'],
    ['waits-to-be-read', 'to-be-read'],
  ] as const
  const waiting = (count: number) =>
    database.transaction({ role: 'worker' }, (tx) =>
      checksTables(tx)
        .insertInto('checks.intake')
        .values({ waiting: count, stopped_at: null })
        .onConflict((known) => known.column('only_one').doUpdateSet({ waiting: count }))
        .execute(),
    )
  await database.transaction({ role: 'worker' }, async (tx) => {
    const mail = { at: closedAt, relation: null, check_id: null, message_id: null, lies_at: null }
    for (const [id, verdict] of mails)
      await checksTables(tx)
        .insertInto('checks.received')
        .values({ ...mail, id, verdict })
        .execute()
  })
  await waiting(1)
  expect(await workAfter(29.9)).toContain('answers-no-check')
  const left = await workAfter(30.1)
  expect(left).not.toContain('answers-no-check')
  expect(left).toContain('waits-to-be-read')
  // Somebody has emptied the folder in a mail program.
  await waiting(0)
  expect(await workAfter(30.2)).not.toContain('waits-to-be-read')
})

test('two years after a follow-up was closed its notes are gone', async () => {
  expect(await workAfter(729.9)).toContain('not-reached')
  const left = await workAfter(730.1)
  expect(left).not.toContain('not-reached')
  expect(left).toContain('no-answer')
})

test('five years after a round its results are gone, and the round stays', async () => {
  expect(await workAfter(1825.9)).toContain('no-answer')
  const left = await workAfter(1826.1)
  expect(left).not.toContain('no-answer')
  expect(left).toContain(',1,closed,')
})
