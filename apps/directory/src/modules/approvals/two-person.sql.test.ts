import { hour, minute, newId, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { certificate } from '../../../test/key-examples.ts'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import type { Acting } from '../../platform/database/acting.ts'
import type { Holding } from '../../platform/session/actor.ts'
import type { Entry } from '../directory/index.ts'
import { saveMission } from '../community/index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** A State with an entry and so many people who act for its Mission and have just come in. */
interface Ours {
  readonly state: StateCode
  readonly entry: Entry
  readonly first: Visitor
  readonly second: Visitor
}

// One State for each test: a rule that is on would be in the way of others.
const codes = Array.from('ABCDEFGHIJLMNOPQSTUVWXY', (letter) => `X${letter}`)

async function someState(rule: Readonly<Record<string, string>> = {}): Promise<Ours> {
  const state = stateOf(codes.shift() ?? '')
  await world.participate(state)
  const entry = await addExample(world, state, 'technical', exampleContent(`Team of ${state}`))
  const first = await newcomer({ role: 'mission', state })
  const second = await newcomer({ role: 'mission', state })
  if (Object.keys(rule).length > 0)
    expect((await first.post('/en/our-approvals/rule', rule)).location).toBe('/en/our-approvals')
  return { state, entry, first, second }
}

/** Users stand in the order in which they came. */
function newcomer(holding: Holding): Promise<Visitor> {
  world.clock.advance(1000)
  return world.visitor(holding)
}

async function holdingsSeenBy(visitor: Visitor, path = '/en/our-users'): Promise<readonly string[]> {
  const { text } = await visitor.get(path)
  return [...text.matchAll(/name="holding" value="([^"]+)"/g)].map(([, id = '']) => id)
}

/** What others did stands before it in the outbox. */
async function relayAll(): Promise<void> {
  for (let run = 0; run < 20; run += 1) await world.work('relay')
}

const fields = (entityName: string, version = 1) => ({
  version: String(version),
  language: 'en',
  entityName,
  email1: 'poc@team.example',
  phone1: '+99955501742',
  urgent: '1',
})

function change({ entry }: Ours, by: Visitor, name: string, version = 1): Promise<Page> {
  return by.post(`/en/entries/${entry.id}/change`, fields(name, version))
}

/** Where something waits; anything else is a failure. */
function waits(page: Page): string {
  expect(page.location).toMatch(/^\/en\/our-approvals\/[0-9a-f-]{36}$/)
  return page.location
}

async function card({ entry, first }: Ours): Promise<string> {
  return (await first.get(`/en/entries/${entry.id}`)).text
}

test('RULE-2: the rule is off until a Mission switches it on, and that takes two who act for it', async () => {
  const ours = await someState()
  expect((await change(ours, ours.first, 'Changed at once')).location).toContain('saved=yes')
  const state = stateOf('XR')
  await world.participate(state)
  const only = await world.visitor({ role: 'mission', state })
  const page = await only.get('/en/our-approvals')
  expect(page.text).toContain('send an invitation to a second person')
  expect(page.text).toContain('href="/en/our-users"')
  expect((await only.post('/en/our-approvals/rule', { entries: 'yes' })).status).toBe(409)
})

test('POC-11: under the rule nobody changes an entry alone: a second person sees the exact change and approves', async () => {
  const ours = await someState({ entries: 'yes' })
  const request = waits(await change(ours, ours.first, 'Changed by two'))
  expect(await card(ours)).not.toContain('Changed by two')
  expect((await ours.second.get('/en/our-state')).text).toContain('1 request waits for a second person')
  const seen = (await ours.second.get(request)).text
  for (const shown of ['Name of the entity', `Team of ${ours.state}`, 'Changed by two'])
    expect(seen).toContain(shown)
  expect((await ours.second.post(`${request}/approve`)).location).toContain('saved=yes')
  expect(await card(ours)).toContain('Changed by two')
  const history = (await ours.first.get('/en/our-history')).text
  for (const line of [
    'The two-person rule for entries was switched on',
    'A user asked for an act that needs a second person',
    'A second person approved what was asked for',
    'An entry was changed',
  ])
    expect(history).toContain(line)
})

test('POC-11: adding, withdrawing, keys, delegation and entries from a file wait for a second person', async () => {
  const ours = await someState({ entries: 'yes' })
  const { first, second, entry, state } = ours
  const poc = await world.visitor({ role: 'poc', kind: 'diplomatic', state })
  const account =
    /name="account" value="([^"]+)"/.exec((await first.get('/en/our-delegates')).text)?.[1] ?? ''
  const added = waits(await first.post('/en/entries/new', { ...fields('A second team'), kind: 'technical' }))
  const keyed = waits(await first.post(`/en/entries/${entry.id}/keys`, { smime: certificate }))
  const delegated = waits(await first.post('/en/our-delegates', { account, what: 'given' }))
  const file = 'entity_name,email_1\nFrom a file,file@team.example'
  const taken = await first.post('/en/imports/take', {
    kind: 'technical',
    source: 'A list',
    file,
    record: '2',
  })
  expect(taken.location).toBe('/en/our-approvals')
  const withdrawn = waits(await first.post(`/en/entries/${entry.id}/withdraw`))
  const before = (await second.get('/en/our-state')).text
  for (const name of ['A second team', 'From a file']) expect(before).not.toContain(name)
  expect((await poc.get('/en/entries/new?kind=diplomatic')).status).toBe(403)
  for (const request of [added, keyed, delegated, withdrawn]) {
    expect((await second.get(request)).status).toBe(200)
    expect((await second.post(`${request}/approve`)).status).toBe(303)
  }
  const after = (await second.get('/en/our-state')).text
  expect(after).toContain('A second team')
  expect(after).not.toContain(`Team of ${state}`)
  expect((await poc.get('/en/entries/new?kind=diplomatic')).status).toBe(200)
})

test('POC-11: what a POC asks for its own entry the Mission decides, also where one person acts for it', async () => {
  const ours = await someState({ entries: 'yes' })
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: ours.state })
  const other = await world.visitor({ role: 'poc', kind: 'technical', state: ours.state })
  const request = waits(await change(ours, poc, 'Changed by its POC'))
  expect((await poc.get(request)).status).toBe(200)
  expect((await other.get(request)).status).toBe(404)
  expect((await other.post(`${request}/approve`)).status).toBe(403)
  expect((await ours.second.post(`${request}/approve`)).status).toBe(303)
  expect(await card(ours)).toContain('Changed by its POC')
  const diplomatic = await world.visitor({ role: 'poc', kind: 'diplomatic', state: ours.state })
  expect((await change(ours, diplomatic, 'Not its entry', 2)).status).toBe(403)
})

test('POC-12: inviting, ending and handing over wait for a second person', async () => {
  const { first, second, state } = await someState({ users: 'yes' })
  const poc = await newcomer({ role: 'poc', kind: 'technical', state })
  const holdings = await holdingsSeenBy(first)
  const person = { name: 'Noor Example', language: 'en', email: 'noor@team.example' }
  const invited = waits(await first.post('/en/our-users', { ...person, role: 'technical' }))
  const ended = waits(await first.post('/en/our-users/end', { holding: holdings[2] ?? '' }))
  expect(await first.get('/en/our-users').then(({ text }) => text)).not.toContain(person.email)
  expect((await second.get(invited)).text).toContain(person.email)
  expect((await second.post(`${invited}/approve`)).location).toBe('/en/our-users')
  expect((await first.get('/en/our-users')).text).toContain(person.email)
  expect((await poc.get('/en/find')).status).toBe(200)
  expect((await second.post(`${ended}/approve`)).status).toBe(303)
  expect((await poc.get('/en/find')).status).toBe(303)
  const next = { ...person, email: 'next@team.example' }
  const handed = waits(await first.post('/en/our-users/hand-over', { ...next, holding: holdings[1] ?? '' }))
  expect((await second.get(handed)).text).toContain(next.email)
  // The act ends the role in which it is approved.
  expect((await second.post(`${handed}/approve`)).status).toBe(303)
  expect((await second.get('/en/our-state')).status).toBe(303)
  expect((await first.get('/en/our-users')).text).toContain(next.email)
})

test('POC-12: who decides with whom is nothing that one person changes, whichever part of the rule is on', async () => {
  const { first } = await someState({ entries: 'yes' })
  const person = { name: 'Noor Example', language: 'en', email: 'noor@mission.example' }
  waits(await first.post('/en/our-users', { ...person, role: 'mission' }))
  const [, holding = ''] = await holdingsSeenBy(first)
  waits(await first.post('/en/our-users/end', { holding }))
  expect((await first.post('/en/our-users', { ...person, role: 'technical' })).location).toBe('/en/our-users')
})

test('whoever asked does not decide, nothing is approved twice, and the one who asked takes it back', async () => {
  const ours = await someState({ entries: 'yes' })
  const { first, second } = ours
  const request = waits(await change(ours, first, 'Never live'))
  expect((await first.post(`${request}/approve`)).status).toBe(403)
  expect((await first.post(`${request}/decline`)).status).toBe(403)
  expect((await second.post(`${request}/withdraw`)).status).toBe(403)
  expect((await first.post(`${request}/withdraw`)).status).toBe(303)
  expect((await second.post(`${request}/approve`)).status).toBe(409)
  const declined = waits(await change(ours, first, 'Never live'))
  expect((await second.post(`${declined}/decline`)).status).toBe(303)
  expect((await second.post(`${declined}/approve`)).status).toBe(409)
  expect(await card(ours)).not.toContain('Never live')
  const approved = waits(await change(ours, first, 'Live once'))
  expect((await first.post(`/en/entries/${ours.entry.id}/change`, fields('Live once'))).status).toBe(409)
  expect((await second.post(`${approved}/approve`)).status).toBe(303)
  expect((await second.post(`${approved}/approve`)).status).toBe(409)
})

test('another State and the directory manager reach no request, on no page and in SQL', async () => {
  const ours = await someState({ entries: 'yes' })
  const theirs = await someState()
  const manager = await world.visitor({ role: 'manager' })
  const request = waits(await change(ours, ours.first, 'A draft'))
  const id = request.slice(-36)
  expect((await theirs.first.get(request)).status).toBe(404)
  for (const act of ['approve', 'decline', 'withdraw'])
    expect((await theirs.first.post(`${request}/${act}`)).status).toBe(404)
  expect((await manager.get(request)).status).toBe(403)
  expect((await manager.get(`/en/approvals/${id}`)).status).toBe(404)
  expect((await manager.get('/en/approvals')).text).not.toContain(id)
  for (const as of [
    { role: 'manager' },
    { role: 'participant', state: theirs.state, account: newId() },
  ] as const)
    expect(await rowsSeenBy(as)).toEqual([])
  expect(await rowsSeenBy({ role: 'participant', state: ours.state, account: newId() })).toContain(id)
})

function rowsSeenBy(acting: Acting): Promise<readonly string[]> {
  return world.directory.database.transaction(acting, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from dual_control.request where whose = 'state' and outcome is null`.execute(tx)
    return rows.map(({ id }) => id)
  })
}

test('in SQL nobody approves the own request, and nobody who does not act for the Mission approves at all', async () => {
  const ours = await someState({ entries: 'yes' })
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: ours.state })
  const request = waits(await change(ours, ours.first, 'In SQL'))
  const id = request.slice(-36)
  const accounts = await accountsOf(ours.state)
  const asker = accounts.find(({ asked }) => asked === id)?.account ?? ''
  const pocs = accounts.find(({ role }) => role === 'poc')?.account ?? ''
  const other = accounts.find(({ role, account }) => role === 'mission' && account !== asker)?.account ?? ''
  expect((await poc.get('/en/our-approvals')).status).toBe(200)
  await expect(approveInSql(ours.state, asker, id)).rejects.toThrow('check constraint')
  await expect(approveInSql(ours.state, pocs, id)).rejects.toThrow('row-level security')
  await expect(approveInSql(ours.state, other, id, asker)).rejects.toThrow('row-level security')
  await approveInSql(ours.state, other, id)
})

function approveInSql(state: StateCode, as: string, id: string, decidedBy = as): Promise<unknown> {
  return world.directory.database.transaction({ role: 'participant', state, account: as }, (tx) =>
    sql`update dual_control.request set outcome = 'approved', decided_by = ${decidedBy}, decided_at = now()
      where id = ${id}`.execute(tx),
  )
}

async function accountsOf(state: StateCode) {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ account: string; role: string; asked: string | null }>`
      select account_id as account, role, (select id from dual_control.request where asked_by = account_id limit 1) as asked
      from accounts.holding where state = ${state}`.execute(tx)
    return rows
  })
}

test('a request lapses after seven days; what it asked for is erased then, and at once where it is decided', async () => {
  const ours = await someState({ entries: 'yes' })
  const decided = waits(await change(ours, ours.first, 'Decided'))
  await ours.second.post(`${decided}/decline`)
  expect(await inputOf(decided)).toBeNull()
  const request = waits(await change(ours, ours.first, 'Lapsed'))
  expect(await inputOf(request)).not.toBeNull()
  world.clock.advance(7 * 24 * hour + minute)
  await world.work('lapse-requests')
  expect(await inputOf(request)).toBeNull()
  const later = await world.visitor({ role: 'mission', state: ours.state })
  expect((await later.get(request)).text).toContain('Lapsed')
  expect((await later.post(`${request}/approve`)).status).toBe(409)
  expect((await later.get('/en/our-history')).text).toContain(
    'A request for an act that needs a second person lapsed',
  )
})

async function inputOf(request: string): Promise<unknown> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ input: unknown }>`
      select input from dual_control.request where id = ${request.slice(-36)}`.execute(tx)
    return rows[0]?.input
  })
}

test('where the entry changed since, the second person is told and nothing is overwritten', async () => {
  const ours = await someState({ entries: 'yes' })
  const { first, second, entry } = ours
  const early = waits(await change(ours, first, 'The early one'))
  const gone = waits(await first.post(`/en/entries/${entry.id}/withdraw`))
  const late = waits(await change(ours, first, 'The late one'))
  await second.post(`${late}/approve`)
  for (const request of [early, gone]) {
    expect((await second.get(request)).text).toContain('This was changed after it was asked for')
    const refused = await second.post(`${request}/approve`)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('This was changed after it was asked for')
  }
  expect(await card(ours)).toContain('The late one')
})

test('whose access has ended approves nothing', async () => {
  const ours = await someState({ entries: 'yes' })
  const third = await newcomer({ role: 'mission', state: ours.state })
  const [, , holding = ''] = await holdingsSeenBy(ours.first)
  const ended = waits(await ours.first.post('/en/our-users/end', { holding }))
  const request = waits(await change(ours, ours.first, 'Not approved'))
  await ours.second.post(`${ended}/approve`)
  expect((await third.post(`${request}/approve`)).status).toBe(303)
  expect(await card(ours)).not.toContain('Not approved')
})

test('asking and approving need a proof of identity that is no older than ten minutes', async () => {
  const ours = await someState({ entries: 'yes' })
  const request = waits(await change(ours, ours.first, 'Proof'))
  world.clock.advance(11 * minute)
  for (const path of [`${request}/approve`, `${request}/decline`, '/en/our-approvals/rule'])
    expect((await ours.second.post(path)).status).toBe(403)
  expect((await change(ours, ours.first, 'Proof')).status).toBe(403)
})

test('the others who act for the Mission are told by mail that something waits, and not what', async () => {
  const ours = await someState({ entries: 'yes' })
  await relayAll()
  world.sent.length = 0
  const request = waits(await change(ours, ours.first, 'Told to one'))
  await relayAll()
  const mails = world.sent.filter(({ text }) => text.includes(request))
  expect(mails).toHaveLength(1)
  for (const { text } of mails)
    for (const said of ['Told to one', 'poc@team.example', '0174']) expect(text).not.toContain(said)
})

test('RULE-9: switching the rule off waits for a second person too, and both acts are lines of the history', async () => {
  const ours = await someState({ entries: 'yes', users: 'yes' })
  const { first, second } = ours
  const request = waits(await first.post('/en/our-approvals/rule', { users: 'yes' }))
  waits(await change(ours, first, 'Still under it'))
  expect((await second.get(request)).text).toContain('Two persons for entries')
  await second.post(`${request}/approve`)
  expect((await change(ours, first, 'One is enough')).location).toContain('saved=yes')
  const history = (await second.get('/en/our-history')).text
  expect(history).toContain('The two-person rule for entries was switched on')
  expect(history).toContain('The two-person rule for entries was switched off')
})

test('RULE-9: one who is left is not locked in: the acts go through, and the history says that one person did it', async () => {
  const ours = await someState({ entries: 'yes' })
  const { first, state } = ours
  const manager = await world.visitor({ role: 'manager' })
  const [, holding = ''] = await holdingsSeenBy(manager, `/en/states/${state}/users`)
  expect((await manager.post(`/en/states/${state}/users/end`, { holding })).status).toBe(303)
  expect((await first.get(`/en/entries/${ours.entry.id}/change`)).text).toContain(
    'Nobody else acts for its Mission',
  )
  expect((await change(ours, first, 'Done by one')).location).toContain('saved=yes')
  expect((await first.get('/en/our-history')).text).toContain('One person did this alone')
  expect((await first.post('/en/our-approvals/rule')).location).toBe('/en/our-approvals')
  expect((await first.get('/en/our-history')).text).toContain('rule for entries was switched off')
})

test('POC-11: what the directory manager enters on a note verbale keeps to the manager’s own path, and the Mission is told', async () => {
  const ours = await someState({ entries: 'yes', users: 'yes' })
  const mission = { email: 'mission@told.example', telephone: '+99955500001', language: 'en' } as const
  await world.directory.database.transaction({ role: 'worker' }, (tx) => saveMission(tx, ours.state, mission))
  const manager = await world.visitor({ role: 'manager' })
  const path = `/en/entries/${ours.entry.id}/change`
  const saved = await manager.post(path, { ...fields('On a note verbale'), noteVerbale: 'NV/2026/9' })
  expect(saved.location).toContain('saved=yes')
  world.sent.length = 0
  await relayAll()
  expect(world.sent.some(({ to }) => to === mission.email)).toBe(true)
})

test('RULE-2: the rule holds back no State that leaves: one person is enough', async () => {
  const ours = await someState({ entries: 'yes', users: 'yes' })
  waits(await change(ours, ours.first, 'Waits while it leaves'))
  const left = await ours.first.post('/en/leave', { sure: 'yes' })
  expect(left.status).toBe(200)
  await relayAll()
  const reader = await world.visitor({ role: 'mission', state: stateOf('XR') })
  expect((await reader.get(`/en/entries/${ours.entry.id}`)).status).toBe(404)
})

test('POC-11: a dispute is decided, and data confirmed, by one person under the rule', async () => {
  const ours = await someState()
  const { first, second, entry, state } = ours
  await first.post(`/en/entries/${entry.id}/change`, { ...fields('Its team'), email1: 'new@team.example' })
  await first.post('/en/our-approvals/rule', { entries: 'yes', users: 'yes' })
  const decide = /(\/en\/entries\/[^/]+\/changes\/[^"]+)"/.exec(
    (await second.get(`/en/entries/${entry.id}`)).text,
  )?.[1]
  expect(decide).toBeDefined()
  const asked = (await second.get(decide ?? '')).text
  const [, compromised = ''] = /name="compromised"\s+value="([^"]+)"/.exec(asked) ?? []
  const decided = await second.post(decide ?? '', { outcome: 'kept', compromised, version: '2' })
  expect(decided.location).not.toContain('our-approvals')
  expect((await first.get('/en/our-history')).text).toContain('was said to be in wrong hands')
  const manager = await world.visitor({ role: 'manager' })
  const onBehalf = { ...fields('Its team', 2), email1: 'new@team.example', noteVerbale: 'NV/2026/10' }
  await manager.post(`/en/entries/${entry.id}/change`, {
    ...onBehalf,
    entityName: `Team of ${state}, on behalf`,
  })
  const confirmed = await second.post(`/en/entries/${entry.id}/confirm`)
  expect(confirmed.location).toBe(`/en/entries/${entry.id}`)
})
