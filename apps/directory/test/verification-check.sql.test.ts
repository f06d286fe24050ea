import { day, newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleContent } from './entry-examples.ts'
import { email, missionOf, nominate, phone, stateCode } from './nominate.ts'
import { startRound } from './start-round.ts'
import { openWorld, type World } from './world.ts'
import { changeEntry } from '../src/modules/directory/change-entry.ts'
import type { Entry } from '../src/modules/directory/index.ts'
import { findCardOnPage } from '../src/modules/directory/store/card.ts'
import { findEntry } from '../src/modules/directory/store/entries.ts'
import { listKnown } from '../src/modules/directory/store/known.ts'
import { listFollowUps } from '../src/modules/checks/follow-up.ts'
import { checksTables } from '../src/modules/checks/store.ts'

// A single check after a contact change: its answer counts like a round's, its silence for nothing.

const sahiliya = stateCode('XA')
const number = phone('+99955022117')
const office = { timeZone: 'Etc/UTC', opens: '08:00', closes: '17:00', days: [1, 2, 3, 4, 5], always: false }

let world: World
let entry: Entry
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya)
  entry = await nominate(world, sahiliya, 'technical', { addresses: [number], availability: office })
  world.clock.advance(40 * day)
})
afterAll(() => world.close())

/** The State gives its entry another address, which gets one message; what is behind its link. */
async function changeTo(address: string): Promise<string> {
  const { database, performer } = world.directory
  const found = await database.transaction({ role: 'worker' }, (tx) => findEntry(tx, entry.id))
  const request = { actor: missionOf(world, sahiliya), now: world.clock.now(), requestId: newId() }
  const content = { addresses: [email(address), number], availability: office }
  const changed = await performer.perform(
    request,
    changeEntry(world.community.profile, {
      entry: entry.id,
      version: found?.version ?? 0,
      content: exampleContent('Sahiliya CERT', content),
    }),
  )
  if (!changed.ok) throw new Error(changed.refusal.code)
  entry = changed.value
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  const letter = world.sent.find(({ to, text }) => to === address && text.includes('/addresses/'))
  return /\/en\/addresses\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''
}

async function answer(link: string): Promise<void> {
  expect((await (await world.visitor()).post(link)).status).toBe(200)
  await world.work('relay')
}

async function seen() {
  const now = world.clock.now()
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const [checks, followUps] = [checksTables(tx).selectFrom('checks.check'), await listFollowUps(tx)]
    const known = await listKnown(tx, entry.addresses)
    return {
      month: (await findCardOnPage(tx, now, entry.id, undefined))?.lastAnswered,
      rungs: known.get(entry.addresses[0]?.id ?? newId())?.map(({ rung }) => rung),
      checks: await checks
        .innerJoin('checks.round', 'checks.round.id', 'round_id')
        .select(['checks.check.id', 'checks.check.status'])
        .orderBy('number')
        .execute(),
      open: followUps.filter(({ closedAt }) => closedAt === undefined).length,
    }
  })
}

const monthOf = (at: Date) => at.toISOString().slice(0, 7)

test('POC-17: an answer to a verification check counts for the month and the ladder, also out of hours, and for no round', async () => {
  await startRound(world)
  world.clock.set(new Date('2027-02-06T03:00:00Z'))
  const link = await changeTo('one@sahiliya.example')
  expect(await seen()).toMatchObject({ month: undefined, rungs: undefined })
  await answer(link)
  const after = await seen()
  expect(after.month).toBe('2027-02')
  expect(after.rungs).toEqual(['answered', 'answered-out-of-hours'])
  expect(after.checks.map(({ status }) => status)).toEqual(['waiting'])
})

test('POC-18: the silence of a verification check opens no follow-up and stands in no report', async () => {
  const before = await seen()
  await changeTo('two@sahiliya.example')
  world.clock.advance(30 * day)
  await world.work()
  const manager = await world.visitor({ role: 'manager' })
  const [, round = ''] =
    /href="(\/en\/rounds\/[0-9a-f-]{36})"/.exec((await manager.get('/en/rounds')).text) ?? []
  const { text } = await manager.get(`${round}/report.csv`)
  expect(text).toContain('1')
  expect((await seen()).checks).toHaveLength(before.checks.length)
  expect(await seen()).toMatchObject({ open: 0 })
})

test('RULE-3: the month of an address that answered by itself stays when the State denies a call of that month', async () => {
  await answer(await changeTo('three@sahiliya.example'))
  const month = monthOf(world.clock.now())
  const round = await startRound(world)
  const manager = await world.visitor({ role: 'manager' })
  const { checks } = await seen()
  const check = checks.at(-1)?.id ?? ''
  const called = await manager.post(`${round}/calls/${check}`, { number: number.value, outcome: 'answered' })
  expect(called.status).toBe(303)
  await world.work('relay')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.post(`/en/our-checks/${check}/not-so`)).status).toBe(303)
  await world.work('relay')
  expect((await seen()).month).toBe(month)
})
