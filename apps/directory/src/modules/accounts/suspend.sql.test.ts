import { hour, minute } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { saveMission } from '../community/index.ts'
import type { AccountsTables } from './tables.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, ours, { email: 'mission@sahiliya.example', telephone: '+9991234567', language: 'ar' }),
  )
})
afterAll(() => world.close())

const ours = stateOf('XA')
const because = { reason: 'The person’s telephone was stolen', hours: '72' }

async function signIn(email: string) {
  const visitor = await world.visitor()
  return { visitor, answer: await visitor.post('/en/sign-in', { email, password, code: nextCode(world) }) }
}

async function signedIn(email: string) {
  const person = await personWithPassword(world, email, { role: 'poc', kind: 'technical', state: ours })
  const { visitor } = await signIn(email)
  return { visitor, path: `/en/accounts/${person.account}` }
}

async function provenManager(): Promise<Visitor> {
  manager = await world.visitor({ role: 'manager' })
  return manager
}

test('RULE-9: suspending ends the sessions, keeps out for 72 hours at most, lifts by itself and is a line of that State', async () => {
  const email = 'stolen@sahiliya.example'
  const { visitor, path } = await signedIn(email)
  await provenManager()
  expect((await manager.post(`${path}/suspend`, { ...because, hours: '73' })).status).toBe(422)
  expect((await manager.post(`${path}/suspend`, { ...because, reason: '' })).status).toBe(422)
  expect((await manager.post(`${path}/suspend`, because)).status).toBe(303)
  expect((await visitor.get('/en/my-account')).location).toContain('/en/sign-in')
  const refused = await signIn(email)
  expect(refused.answer.status).toBe(403)
  expect(refused.answer.text).toContain('This access is suspended until')
  const acts = await world.directory.database.transaction({ role: 'participant', state: ours }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string; actor: string } }>()
      .selectFrom('history.act')
      .select(['verb', 'actor'])
      .where('verb', 'like', 'access.%')
      .execute(),
  )
  expect(acts).toEqual([{ verb: 'access.suspended', actor: expect.stringMatching(/^manager:/) }])
  world.clock.advance(72 * hour)
  expect((await signIn(email)).answer.status).toBe(303)
})

test('the person and the Mission are told, with the reason, each in their language', async () => {
  const { path } = await signedIn('told@sahiliya.example')
  await provenManager()
  await manager.post(`${path}/suspend`, because)
  await world.work('relay')
  const mails = world.sent.filter(({ text }) => text.includes(because.reason)).slice(-2)
  expect(mails.map(({ to, language }) => [to, language])).toEqual([
    ['told@sahiliya.example', 'en'],
    ['mission@sahiliya.example', 'ar'],
  ])
})

test('a manager lifts a suspension; the same account is not suspended again within a week; nobody suspends oneself', async () => {
  const email = 'lifted@sahiliya.example'
  const { path } = await signedIn(email)
  await provenManager()
  await manager.post(`${path}/suspend`, because)
  expect((await manager.get(`${path}/suspend`)).text).toContain('Let the person in again')
  expect((await manager.post(`${path}/lift`)).status).toBe(303)
  expect((await signIn(email)).answer.status).toBe(303)
  await provenManager()
  expect((await manager.post(`${path}/suspend`, because)).status).toBe(409)
  expect((await manager.post(`${path}/lift`)).status).toBe(409)
  const own = /accounts\/([0-9a-f-]{36})\/suspend/g
  const managers = [...(await manager.get('/en/managers')).text.matchAll(own)].map(([, id = '']) => id)
  const answers = await Promise.all(
    managers.map((id) => manager.post(`/en/accounts/${id}/suspend`, { ...because, hours: '1' })),
  )
  expect(answers.map(({ status }) => status)).toContain(409)
})

test('a suspended person cannot go on in another role, and the database keeps 72 hours', async () => {
  const email = 'two-roles@sahiliya.example'
  const person = await personWithPassword(
    world,
    email,
    { role: 'poc', kind: 'technical', state: ours },
    { role: 'mission', state: stateOf('XB') },
  )
  const { visitor } = await signIn(email)
  const page = await visitor.get('/en/choose-role')
  const holdings = [...page.text.matchAll(/name="holding" value="([^"]+)"/g)].map(([, id = '']) => id)
  await provenManager()
  await manager.post(`/en/accounts/${person.account}/suspend`, because)
  for (const holding of holdings)
    expect((await visitor.post('/en/choose-role', { holding })).location).toContain('/en/sign-in')
  const longer = world.directory.database.transaction({ role: 'manager' }, (tx) =>
    tx
      .withTables<AccountsTables>()
      .updateTable('accounts.suspension')
      .set({ until: new Date(world.clock.now().getTime() + 100 * hour) })
      .execute(),
  )
  await expect(longer).rejects.toThrow(/permission denied/)
  world.clock.advance(minute)
})
