import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../../test/entry-examples.ts'
import { email, stateCode } from '../../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import { listEntries } from '../store/entries.ts'

const [XA, XB] = [stateCode('XA'), stateCode('XB')]

let world: World
let first: Visitor
let second: Visitor
beforeAll(async () => {
  world = await openWorld()
  await world.participate(XA, XB)
  const addresses = [email('poc@cert.sahiliya.example')]
  await addExample(world, XA, 'technical', exampleContent('Sahiliya CERT', { addresses }))
})
afterAll(() => world.close())
beforeEach(async () => {
  first = await world.visitor({ role: 'manager' })
  second = await world.visitor({ role: 'manager' })
})

const noteVerbale = 'NV/2026/77'

/** Proposes what a file says and gives back the address of the proposal, with the version that is seen there. */
async function propose(row: string): Promise<{ readonly at: string; readonly version: string }> {
  const file = `state,kind,language,entity_name,email_1\n${row}\n`
  await first.post('/en/imports/take', { file, source: 'Region 2026', kind: 'technical', record: '2' })
  const { text } = await first.get('/en/proposals/waiting')
  const at = [...text.matchAll(/\/en\/proposals\/[0-9a-f-]{36}\/for-state/g)].at(-1)?.[0] ?? ''
  const version = /name="version" value="(\d+)"/.exec((await first.get(at)).text)?.[1] ?? ''
  return { at, version }
}

function live() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) => listEntries(tx, { state: XA }))
}

test('RULE-6: a proposal is accepted for its State by two managers on a note verbale, and marked until it confirms', async () => {
  const { at, version } = await propose('XA,technical,en,Renamed CERT,poc@cert.sahiliya.example')
  const before = await live()
  const asked = await first.post(at, { noteVerbale, version })
  expect(asked.location).toMatch(/^\/en\/approvals\//)
  expect(await live()).toEqual(before)
  const seen = (await second.get(asked.location)).text
  for (const value of [noteVerbale, 'Region 2026', '<del>', 'Renamed CERT']) expect(seen).toContain(value)
  expect((await first.post(`${asked.location}/approve`)).status).toBe(403)
  expect((await second.post(`${asked.location}/approve`)).location).toContain('/en/entries/')
  const [entry] = await live()
  expect(entry).toMatchObject({ entityName: { original: 'Renamed CERT' }, onBehalfReference: noteVerbale })
  world.sent.length = 0
  await world.work('relay')
  const mission = await world.visitor({ role: 'mission', state: XA })
  expect((await mission.get('/en/proposals')).text).toContain('Nothing is proposed.')
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('Managers accepted a proposal for the State')
  expect(history).toContain('A manager looked at a proposal to the State')
  expect((await mission.get(`/en/entries/${entry?.id}`)).text).toContain(noteVerbale)
})

test('without a note verbale, or where the entry changed since it was seen, nothing is asked for', async () => {
  const { at, version } = await propose('XA,diplomatic,en,Ministry,cyber@mfa.sahiliya.example')
  expect((await first.post(at, { noteVerbale: '', version })).status).toBe(422)
  expect((await first.post(at, { noteVerbale, version: '7' })).status).toBe(409)
  expect((await live()).length).toBe(1)
})

test('what the State settled meanwhile is not accepted for it', async () => {
  const { at, version } = await propose('XA,diplomatic,en,Second ministry,two@mfa.sahiliya.example')
  const asked = await first.post(at, { noteVerbale, version })
  const mission = await world.visitor({ role: 'mission', state: XA })
  const id = at.split('/')[3] ?? ''
  expect((await mission.post(`/en/proposals/${id}/decline`)).status).toBe(303)
  expect((await second.post(`${asked.location}/approve`)).status).toBe(404)
  expect((await live()).length).toBe(1)
})

test('nobody but managers accepts for a State, and a manager declines nothing for it', async () => {
  const { at } = await propose('XA,diplomatic,en,Third ministry,three@mfa.sahiliya.example')
  const neighbour = await world.visitor({ role: 'mission', state: XB })
  expect((await neighbour.get('/en/proposals/waiting')).status).toBe(403)
  expect((await neighbour.get(at)).status).toBe(403)
  expect((await neighbour.post(at, { noteVerbale, version: '0' })).status).toBe(403)
  const id = at.split('/')[3] ?? ''
  expect((await first.post(`/en/proposals/${id}/decline`)).status).toBe(403)
})
