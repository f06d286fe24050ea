import { beforeEach, expect, test } from 'vitest'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import { createFirstManager } from './create-first-manager.ts'

let world: World
let first: Visitor
let second: Visitor
beforeEach(async () => {
  world = await openWorld()
  first = await world.visitor({ role: 'manager' })
  return () => world.close()
})

const person = { name: 'Third Manager', email: 'third@directory.example', language: 'en' }

function holdingsOf({ text }: Page): readonly string[] {
  return [...text.matchAll(/name="holding" value="([^"]+)"/g)].map(([, id = '']) => id)
}

async function mailTo(email: string): Promise<string | undefined> {
  await world.work('relay')
  return world.sent.findLast(({ to }) => to === email)?.text
}

test('one manager invites the second one alone; with two, the other one approves', async () => {
  expect((await first.post('/en/managers', { ...person, role: 'manager' })).location).toBe('/en/managers')
  expect(await mailTo(person.email)).toContain('/invitations/')
  second = await world.visitor({ role: 'manager' })
  const fourth = { ...person, email: 'fourth@directory.example' }
  const asked = await first.post('/en/managers', { ...fourth, role: 'manager' })
  expect(asked.location).toMatch(/^\/en\/approvals\/[0-9a-f-]{36}$/)
  expect(await mailTo(fourth.email)).toBeUndefined()
  expect((await second.get(asked.location)).text).toContain(fourth.email)
  await second.post(`${asked.location}/approve`)
  expect(await mailTo(fourth.email)).toContain('/invitations/')
})

test('ending a manager needs another one; the last one stays', async () => {
  const [only = ''] = holdingsOf(await first.get('/en/managers'))
  expect((await first.post('/en/managers/end', { holding: only })).status).toBe(409)
  second = await world.visitor({ role: 'manager' })
  const before = holdingsOf(await first.get('/en/managers'))
  const other = before.find((id) => id !== only) ?? ''
  const asked = await first.post('/en/managers/end', { holding: other })
  expect(asked.location).toContain('/en/approvals/')
  expect((await second.get('/en/managers')).status).toBe(200)
  await second.post(`${asked.location}/approve`)
  expect((await second.get('/en/managers')).status).toBe(303)
  expect(holdingsOf(await first.get('/en/managers'))).toEqual([only])
})

test('an auditor, the Chair, a regional organization and a stakeholder come in by one manager’s invitation', async () => {
  await world.visitor({ role: 'manager' })
  for (const [role, more] of [
    ['auditor', {}],
    ['secretariat', {}],
    ['chair', {}],
    ['regional', { organization: 'OSCE' }],
    ['stakeholder', { stakeholder: 'A university' }],
  ] as const) {
    const email = `${role}@elsewhere.example`
    expect((await first.post('/en/managers', { ...person, ...more, email, role })).location).toBe(
      '/en/managers',
    )
    expect(await mailTo(email)).toContain('/invitations/')
  }
  const page = await first.get('/en/managers')
  expect(page.text).toContain('stakeholder@elsewhere.example')
  for (const role of ['regional', 'stakeholder'])
    expect((await first.post('/en/managers', { ...person, role })).status).toBe(422)
  expect((await first.post('/en/managers', { ...person, role: 'mission' })).status).toBe(422)
})

test('nobody but a manager reads or changes this list', async () => {
  for (const holding of [{ role: 'auditor' }, { role: 'mission', state: stateOf('XA') }] as const) {
    const visitor = await world.visitor(holding)
    expect((await visitor.get('/en/managers')).status).toBe(403)
    expect((await visitor.post('/en/managers', { ...person, role: 'manager' })).status).toBe(403)
  }
})

test('RULE-9: a manager who is invited from the host is a line that every State reads', async () => {
  const { keys, clock, directory } = world
  const house = { keys, clock, origin: new URL('http://localhost:8080') }
  await createFirstManager(directory.performer, house, { ...person, language: 'en' })
  const read = await directory.database.transaction({ role: 'participant', state: stateOf('XB') }, (tx) =>
    tx.withTables<{ 'history.act': { verb: string } }>().selectFrom('history.act').select('verb').execute(),
  )
  expect(read.map(({ verb }) => verb)).toContain('manager.invited-from-host')
})
