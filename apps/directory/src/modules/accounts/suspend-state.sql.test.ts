import { hour } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate } from '../../../test/nominate.ts'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { saveMission } from '../community/index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const because = { reason: 'Two authorities sign in at once', hours: '72' }
const path = (code: string) => `/en/states/${code}/suspend`

/** A State with a Mission, a POC who can sign in and an entry. */
async function participating(code: string) {
  const state = stateOf(code)
  await world.participate(state)
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: `mission@${code}.example`, telephone: '+9991234567', language: 'fr' }),
  )
  await nominate(world, state, 'technical', {
    name: `Response team of ${code}`,
    addresses: [email(`soc@${code}.example`)],
  })
  const address = `poc@${code.toLowerCase()}.example`
  await personWithPassword(world, address, { role: 'poc', kind: 'technical', state })
  return { state, signIn: () => signIn(address) }
}

async function signIn(address: string) {
  const visitor = await world.visitor()
  const answer = await visitor.post('/en/sign-in', { email: address, password, code: nextCode(world) })
  return { visitor, answer }
}

test('RULE-9: suspending a State ends its sessions at once, keeps out until then, leaves its entries, and tells its Mission', async () => {
  const { state, signIn } = await participating('XA')
  const other = await participating('XB')
  const [{ visitor: user }, { visitor: stranger }] = [await signIn(), await other.signIn()]
  const manager = await world.visitor({ role: 'manager' })
  expect((await user.get('/en/my-account')).status).toBe(200)
  expect((await manager.get('/en/states/XA')).text).toContain(`href="${path('XA')}"`)
  expect((await manager.post(path('XA'), { ...because, hours: '73' })).status).toBe(422)
  expect((await manager.post(path('XA'), { ...because, reason: ' ' })).status).toBe(422)
  expect((await manager.post(path('XA'), because)).status).toBe(303)
  expect((await user.get('/en/my-account')).location).toContain('/en/sign-in')
  const refused = (await signIn()).answer
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('The access of this State is suspended until')
  expect((await stranger.get('/en/find/XA')).text).toContain('Response team of XA')
  for (const page of ['/en/states/XA', '/en/today'])
    expect((await manager.get(page)).text).toMatch(/[Ss]uspended until/)
  await world.work('relay')
  const told = world.sent.filter(({ text }) => text.includes(because.reason))
  expect(told.map(({ to, language }) => [to, language])).toEqual([['mission@XA.example', 'fr']])
  const acts = await world.directory.database.transaction({ role: 'participant', state }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string; actor: string } }>()
      .selectFrom('history.act')
      .select(['verb', 'actor'])
      .where('verb', 'like', 'access.%')
      .execute(),
  )
  expect(acts).toEqual([{ verb: 'access.suspended', actor: expect.stringMatching(/^manager:/) }])
  world.clock.advance(72 * hour)
  expect((await signIn()).answer.status).toBe(303)
})

test('a manager lets a State in again before the time; it is not suspended again within a week', async () => {
  const { signIn } = await participating('XC')
  const manager = await world.visitor({ role: 'manager' })
  expect((await manager.post('/en/states/XC/lift')).status).toBe(409)
  await manager.post(path('XC'), because)
  expect((await manager.get(path('XC'))).text).toContain('Let the State in again')
  expect((await manager.post('/en/states/XC/lift')).status).toBe(303)
  expect((await signIn()).answer.status).toBe(303)
  expect((await manager.post(path('XC'), because)).status).toBe(409)
  expect((await manager.get('/en/states/QQ/suspend')).status).toBe(404)
  await world.work('relay')
  expect(world.sent.filter(({ to }) => to === 'mission@XC.example')).toHaveLength(2)
})

test('nobody but a manager with fresh proof suspends a State', async () => {
  for (const role of [{ role: 'auditor' }, { role: 'mission', state: stateOf('XD') }] as const) {
    const visitor = await world.visitor(role)
    expect((await visitor.get(path('XD'))).status).toBe(403)
    expect((await visitor.post(path('XD'), because)).status).toBe(403)
  }
  const manager = await world.visitor({ role: 'manager' })
  world.clock.advance(11 * 60_000)
  expect((await manager.post(path('XD'), because)).status).toBe(403)
})
