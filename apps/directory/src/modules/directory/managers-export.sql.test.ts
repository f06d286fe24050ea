import { hour } from '@parley/kernel'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { email, stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

const [XA, XB, XC] = [stateCode('XA'), stateCode('XB'), stateCode('XC')]

let world: World
let first: Visitor
let second: Visitor
beforeAll(async () => {
  world = await openWorld()
  await world.participate(XA, XB, XC)
  const hidden = { ...email('hidden@mfa.example'), cardOnly: true }
  const addresses = [email('open@mfa.example'), hidden]
  await addExample(world, XA, 'diplomatic', exampleContent('Ministry', { addresses }))
  await addExample(world, XB, 'technical', exampleContent('=Norvalia CERT'))
})
afterAll(() => world.close())
beforeEach(async () => {
  first = await world.visitor({ role: 'manager' })
  second = await world.visitor({ role: 'manager' })
})

const wanted = { format: 'csv', reason: 'Report of the Secretariat' }

async function allowed(fields: Parameters<Visitor['post']>[1] = wanted): Promise<string> {
  const asked = await first.post('/en/exports', fields)
  expect(asked.location).toMatch(/^\/en\/approvals\//)
  expect((await second.post(`${asked.location}/approve`)).status).toBe(303)
  return takeAddress(await first.get('/en/exports'))
}

function takeAddress({ text }: { readonly text: string }): string {
  return /\/en\/exports\/[0-9a-f-]{36}\/take/.exec(text)?.[0] ?? ''
}

test('RULE-9: one manager alone exports nothing; the second sees which entries, in what and why', async () => {
  const asked = await first.post('/en/exports', { ...wanted, states: ['XA', 'XB'], kinds: 'technical' })
  expect(takeAddress(await first.get('/en/exports'))).toBe('')
  expect((await first.post(`${asked.location}/approve`)).status).toBe(403)
  const { text } = await second.get(asked.location)
  for (const seen of ['Sahiliya', 'Norvalia', 'Technical', 'CSV', 'Report of the Secretariat'])
    expect(text).toContain(seen)
  await second.post(`${asked.location}/decline`)
  expect(takeAddress(await first.get('/en/exports'))).toBe('')
})

test('what a second manager allowed is taken once, by the one who asked, without card-only values and formulas', async () => {
  const take = await allowed()
  expect(takeAddress(await second.get('/en/exports'))).toBe('')
  expect((await second.post(take)).status).toBe(404)
  const file = await first.post(take)
  expect(file.status).toBe(200)
  expect(file.headers.get('content-disposition')).toMatch(/entries-[\d-]+\.csv/)
  expect(file.text).toContain('open@mfa.example')
  expect(file.text).toContain("'=Norvalia CERT")
  expect(file.text).toContain('Test Person')
  expect(file.text).not.toContain('hidden@mfa.example')
  expect((await first.post(take)).status).toBe(404)
})

test('RULE-9: each State whose entries were in the file reads it in its history, and no other State', async () => {
  const line = 'The State’s entries were in an export that a manager took'
  const readers = [
    await world.visitor({ role: 'mission', state: XB }),
    await world.visitor({ role: 'mission', state: XC }),
  ] as const
  const seen = () =>
    Promise.all(readers.map(async (each) => (await each.get('/en/our-history')).text.split(line).length))
  const take = await allowed({ ...wanted, format: 'json', kinds: 'technical' })
  const [norvalia = 0, third] = await seen()
  const { text } = await first.post(take)
  expect(JSON.parse(text)).toMatchObject({ format: 'parley-entries-1', entries: [{ state: 'XB' }] })
  expect(await seen()).toEqual([norvalia + 1, third])
})

test('after 24 hours it is not taken any more', async () => {
  const take = await allowed()
  world.clock.advance(24 * hour)
  first = await world.visitor({ role: 'manager' })
  expect((await first.post(take)).status).toBe(404)
})

test('a State that left meanwhile is in no file; nobody but managers comes here', async () => {
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: XA })
  expect((await poc.get('/en/exports')).status).toBe(403)
  expect((await poc.post('/en/exports', wanted)).status).toBe(403)
  expect((await first.post('/en/exports', { ...wanted, states: ['XD'] })).status).toBe(422)
  expect((await first.post('/en/exports', { ...wanted, kinds: ['political'] })).status).toBe(422)
  const take = await allowed({ ...wanted, states: ['XA', 'XB'] })
  const mission = await world.visitor({ role: 'mission', state: XA })
  expect((await mission.post('/en/leave', { sure: 'yes' })).status).toBe(200)
  const { text } = await first.post(take)
  expect(text).toContain('Norvalia CERT')
  expect(text).not.toContain('Ministry')
})
