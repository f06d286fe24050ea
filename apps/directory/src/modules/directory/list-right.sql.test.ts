import { after, minute, newId } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { type CardLimit, openCardLimit } from './card-limit.ts'

let world: World
let mission: Visitor
const norvalia = stateCode('XB')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(stateCode('XA'), norvalia)
  await addExample(world, stateCode('XA'), 'technical', exampleContent('=Team'))
  const [address] = exampleContent('Quiet').addresses
  if (!address) throw new Error('no address')
  const hidden = { ...address, value: 'hidden@quiet.example', cardOnly: true }
  await addExample(world, stateCode('XA'), 'diplomatic', exampleContent('Quiet', { addresses: [hidden] }))
  mission = await world.visitor({ role: 'mission', state: norvalia })
})
afterAll(() => world.close())

/** Whoever the Mission's page offers to give the right to, or to take it from. */
async function accounts(): Promise<readonly string[]> {
  const { text } = await mission.get('/en/our-state/list-right')
  return [...text.matchAll(/name="account" value="([^"]+)"/g)].map(([, account = '']) => account)
}

/** A POC who has just come, with their account. */
async function newPoc(): Promise<{ readonly visitor: Visitor; readonly account: string }> {
  const before = await accounts()
  const visitor = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  const account = (await accounts()).find((each) => !before.includes(each))
  if (account === undefined) throw new Error('the Mission does not see its user')
  return { visitor, account }
}

const change = (account: string, give: 'yes' | 'no', by = mission) =>
  by.post('/en/our-state/list-right', { account, give })

test('POC-12: the whole list without the right is refused, and the page says whom to ask', async () => {
  const { visitor } = await newPoc()
  expect((await visitor.get('/en/export')).text).toContain('You may ask it for the right')
  const refused = await visitor.post('/en/export')
  expect(refused.status).toBe(403)
  expect(refused.text).not.toContain('tel:+')
  expect((await (await world.visitor({ role: 'manager' })).post('/en/export')).status).toBe(403)
})

test('the Mission alone gives the right, to users of its own State, with fresh proof; the person is told', async () => {
  const { visitor, account } = await newPoc()
  const others = await world.visitor({ role: 'mission', state: stateCode('XA') })
  expect((await change(account, 'yes', others)).status).toBe(403)
  expect((await change(account, 'yes', visitor)).status).toBe(403)
  world.clock.advance(11 * minute)
  expect((await change(account, 'yes')).status).toBe(403)
  mission = await world.visitor({ role: 'mission', state: norvalia })
  expect((await change(account, 'yes')).status).toBe(303)
  for (let run = 0; run < 20; run += 1) await world.work('relay')
  expect(world.sent.map(({ text }) => text).join()).toContain('Each taking is a line that the Mission sees')
  expect((await mission.get('/en/our-state')).text).toContain('The right to the whole list was given')
})

test('the list carries who took it and when, no "card only" value and no formula; the Mission sees each taking', async () => {
  const { visitor, account } = await newPoc()
  await change(account, 'yes')
  const taken = await visitor.post('/en/export')
  expect(taken.status).toBe(200)
  expect(taken.headers.get('content-type')).toContain('text/csv')
  expect(taken.text).toContain('taken_by,taken_at')
  expect(taken.text).toContain(`Test Person,${world.clock.now().toISOString()}`)
  expect(taken.text).toContain("'=Team")
  expect(taken.text).not.toContain('hidden@quiet.example')
  expect((await mission.get('/en/our-state')).text).toContain('The whole list was taken')
})

test('ten times a day and no more; the right ends when the Mission takes it back', async () => {
  const { visitor, account } = await newPoc()
  await change(account, 'yes')
  for (let times = 0; times < 10; times += 1) expect((await visitor.post('/en/export')).status).toBe(200)
  const refused = await visitor.post('/en/export')
  expect(refused.status).toBe(429)
  expect(refused.text).toContain('ten times within a day')
  await change(account, 'no')
  expect((await visitor.post('/en/export')).status).toBe(403)
})

test('POC-13: 150 cards an hour hold over several processes, and the count names no entry', async () => {
  const { database } = world.directory
  const account = newId<'account'>()
  const now = world.clock.now()
  const session = { digest: '', endsAt: now, provenAt: now }
  const actor = { role: 'poc', kind: 'technical', state: norvalia, name: '', account, session } as const
  const processes = [openCardLimit(150), openCardLimit(150), openCardLimit(150)]
  const acting = { role: 'participant', state: norvalia, account } as const
  const opened = async (limit: CardLimit, at = now, cards = 1) =>
    (await database.transaction(acting, (tx) => limit({ tx, now: at, actor }, cards))).ok
  let allowed = 0
  for (let asked = 0; asked < 180; asked += 1)
    for (const limit of processes.slice(asked % 3, (asked % 3) + 1)) if (await opened(limit)) allowed += 1
  expect(allowed).toBe(150)
  for (const limit of processes) expect(await opened(limit)).toBe(false)
  const { rows } = await database.transaction({ role: 'worker' }, (tx) =>
    sql<object>`select * from directory.cards_opened where account_id = ${account}`.execute(tx),
  )
  expect(rows).toEqual([{ account_id: account, since: now, cards: 150 }])
  const [first = openCardLimit(150)] = processes
  expect(await opened(first, after(now, 60 * minute), 20)).toBe(true)
  world.clock.advance(121 * minute)
  await world.work('erase-withdrawn')
  const left = await database.transaction({ role: 'worker' }, (tx) =>
    sql<object>`select * from directory.cards_opened`.execute(tx),
  )
  expect(left.rows).toEqual([])
})

test('the page of a State counts as many cards as it shows numbers of', async () => {
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  const shown = (await reader.get('/en/find/XA')).text.match(/href="tel:/g)?.length ?? 0
  expect(shown).toBeGreaterThan(0)
  for (let opened = 1; opened < Math.floor(150 / shown); opened += 1)
    expect((await reader.get('/en/find/XA')).status).toBe(200)
  expect((await reader.get('/en/find/XA')).status).toBe(429)
  // The list of names goes on.
  expect((await reader.get('/en/find')).status).toBe(200)
})

test('nobody opens more cards in an hour than whoever reads them would', async () => {
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  const [card = ''] = /\/en\/entries\/[0-9a-f-]{36}/.exec((await reader.get('/en/find?q=XA')).text) ?? []
  for (let opened = 0; opened < 150; opened += 1) expect((await reader.get(card)).status).toBe(200)
  const refused = await reader.get(card)
  expect(refused.status).toBe(429)
  expect(refused.text).toContain('Very many cards')
  world.clock.advance(21 * minute)
  await reader.get('/en/find')
  world.clock.advance(21 * minute)
  await reader.get('/en/find')
  world.clock.advance(21 * minute)
  expect((await reader.get(card)).status).toBe(200)
})
