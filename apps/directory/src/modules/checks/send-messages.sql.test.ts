import { setTimeout as sleep } from 'node:timers/promises'
import { minute } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Database } from '../../platform/database/database.ts'
import { openSender } from './send-messages.ts'
import { checksTables } from './store.ts'

const lanes = 2
let world: World
let manager: Visitor
let round: string

beforeEach(async () => {
  world = await openWorld()
  const sahiliya = stateCode('XA')
  await world.participate(sahiliya)
  for (const kind of ['technical', 'diplomatic'] as const) {
    await nominate(world, sahiliya, kind, {
      addresses: ['one', 'two', 'three'].map((office) => email(`${office}@${kind}.sahiliya.example`)),
    })
  }
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
})
afterEach(() => world.close())

test('a worker whose claim ran out sends nothing more of it, so that a second worker doubles no more than what was in flight', async () => {
  const sent: string[] = []
  let others = Promise.resolve(0)
  const slow = senderThat(async (to) => {
    sent.push(to)
    // The relay takes longer than a claim lasts; meanwhile somebody else finds everything due again.
    world.clock.advance(3 * minute)
    others = others.then((before) => quick.sendDue().then((more) => before + more))
  })
  const quick = senderThat(async (to) => void sent.push(to))
  await slow.sendDue()
  await others
  expect(new Set(sent).size).toBe(6)
  expect(sent.length - 6).toBeLessThanOrEqual(lanes)
})

test('a message that a second worker got out is not queued again because the first one could not', async () => {
  const sent: string[] = []
  const quick = senderThat(async (to) => void sent.push(to))
  const failing = openSender({
    ...needs(),
    send: async (_mail, mayLeave) => {
      await mayLeave()
      world.clock.advance(3 * minute)
      await quick.sendDue()
      return { kind: 'later', status: '4.4.2', cause: 'ours' }
    },
  })
  await failing.sendDue()
  world.clock.advance(60 * minute)
  await quick.sendDue()
  expect(sent.toSorted()).toEqual([...new Set(sent)].toSorted())
  expect(sent).toHaveLength(6)
})

test('POC-17: once a round is paused, only what is in flight still goes out, and what was claimed waits untried', async () => {
  const sent: string[] = []
  let paused: Promise<unknown> | undefined
  const sender = senderThat(async (to) => {
    sent.push(to)
    // What is in flight comes to its end when the pause is written.
    await (paused ??= manager.post(`${round}/pause`))
  })
  await sender.sendDue()
  expect(sent.length).toBeLessThanOrEqual(lanes)
  const waiting = await untried()
  expect(waiting).toHaveLength(6 - sent.length)
  world.clock.advance(minute / 2)
  await sender.sendDue()
  expect(sent.length).toBeLessThanOrEqual(lanes)
  await manager.post(`${round}/resume`)
  await sender.sendDue()
  expect(new Set(sent).size).toBe(6)
  expect(sent).toHaveLength(6)
})

test('POC-17: no more has left than is written as sent and one message of each lane, however slow the writing', async () => {
  const sent: string[] = []
  let most = 0
  const { database, ...others } = needs()
  const slow: Database = {
    ...database,
    transaction: async (acting, work) => {
      // Time enough for every lane to go on, if it did.
      await sleep(20)
      const written = await database.transaction({ role: 'worker' }, (tx) =>
        checksTables(tx).selectFrom('checks.message').select('id').where('status', '=', 'sent').execute(),
      )
      most = Math.max(most, sent.length - written.length)
      return database.transaction(acting, work)
    },
  }
  const sender = senderThat(async (to) => void sent.push(to), { ...others, database: slow })
  await sender.sendDue()
  expect(sent).toHaveLength(6)
  expect(most).toBe(lanes)
})

/** Messages that wait as if nobody had ever claimed them. */
function untried() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.message')
      .select('address')
      .where('status', '=', 'queued')
      .where('attempts', '=', 0)
      .where('tried_at', 'is', null)
      .execute(),
  )
}

function needs() {
  // Two workers stand on one server; on the embedded database there is never a second one.
  const database: Database = { ...world.directory.database, kind: 'postgres' }
  const render = (message: { readonly to: string }) => ({
    from: { name: '', address: 'checks@directory.example' },
    to: message.to,
    returnPath: 'checks@directory.example',
    messageId: '<a@directory.example>',
    subject: '',
    text: '',
    language: 'en',
    at: world.clock.now(),
  })
  return { database, clock: world.clock, lanes, render }
}

function senderThat(take: (to: string) => Promise<void>, outside = needs()) {
  return openSender({
    ...outside,
    send: async ({ to }, mayLeave) => {
      await mayLeave()
      await take(to)
      return { kind: 'accepted' }
    },
  })
}
