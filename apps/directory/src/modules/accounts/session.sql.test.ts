import { minute, newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Holding } from './holding.ts'
import { beginSession } from './session.ts'
import type { AccountsTables } from './tables.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const technical: Holding = { role: 'poc', kind: 'technical', state: stateOf('XA') }

test('a person with several roles chooses one; a password never opens the manager’s', async () => {
  await personWithPassword(
    world,
    'several@sahiliya.example',
    technical,
    { role: 'mission', state: stateOf('XB') },
    { role: 'manager' },
  )
  const visitor = await world.visitor()
  const typed = { email: 'several@sahiliya.example', password, code: nextCode(world) }
  const begun = await visitor.post('/en/sign-in?back=/en/my-account', typed)
  expect(begun.location).toBe('/en/choose-role?back=%2Fen%2Fmy-account')
  const page = await visitor.get(begun.location)
  const holdings = new Map(
    [...page.text.matchAll(/name="holding" value="([^"]+)"[^>]*>\s*<p>\s*<button[^>]*>\s*([^<,]*)/g)].map(
      ([, id = '', role = '']) => [role.trim(), id],
    ),
  )
  expect([...holdings.keys()].toSorted()).toEqual(['Directory manager', 'Permanent Mission', 'Technical POC'])
  const [mission = '', manager = ''] = [holdings.get('Permanent Mission'), holdings.get('Directory manager')]
  const keys = [visitor.cookie()]
  for (const role of ['Technical POC', 'Permanent Mission']) {
    const chosen = await visitor.post(begun.location, { holding: holdings.get(role) ?? '' })
    expect(chosen.location).toBe('/en/my-account')
    keys.push(visitor.cookie())
  }
  expect(new Set(keys).size).toBeGreaterThan(1)
  expect((await visitor.post('/en/choose-role', { holding: mission })).status).toBe(303)
  expect((await visitor.get('/en/my-account')).text).toMatch(/Permanent Mission, /)
  expect((await visitor.post('/en/choose-role', { holding: manager })).status).toBe(403)
  expect((await visitor.post('/en/choose-role', { holding: newId() })).status).toBe(403)
})

test('a session ends after 30 idle minutes, a manager’s after 15, and each after 12 hours', async () => {
  const user = await world.visitor(technical)
  const manager = await world.visitor({ role: 'manager' })
  const isIn = async (visitor: typeof user) => (await visitor.get('/en/my-account')).status === 200
  world.clock.advance(15 * minute)
  expect([await isIn(user), await isIn(manager)]).toEqual([true, true])
  world.clock.advance(15 * minute + 1000)
  expect([await isIn(user), await isIn(manager)]).toEqual([true, false])
  for (let passed = 15.5; passed + 30 < 12 * 60 - 15; passed += 29) {
    world.clock.advance(29 * minute)
    expect(await isIn(user)).toBe(true)
  }
  world.clock.advance(29 * minute)
  world.clock.advance(minute)
  const left = await user.get('/en/my-account')
  expect(left.location).toBe('/en/sign-in?back=%2Fen%2Fmy-account')
  const idle = await world.visitor(technical)
  world.clock.advance(30 * minute + 1000)
  expect(await isIn(idle)).toBe(false)
})

test('a role switch prolongs nothing', async () => {
  const email = 'switcher@sahiliya.example'
  await personWithPassword(world, email, technical, { role: 'mission', state: stateOf('XB') })
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  for (let half = 0; half < 23; half += 1) {
    world.clock.advance(30 * minute)
    const page = await visitor.get('/en/choose-role')
    const [first = '', second = ''] = [...page.text.matchAll(/name="holding" value="([^"]+)"/g)].map(
      ([, id = '']) => id,
    )
    await visitor.post('/en/choose-role', { holding: half % 2 === 0 ? second : first })
  }
  world.clock.advance(29 * minute)
  expect((await visitor.get('/en/my-account')).status).toBe(200)
  world.clock.advance(2 * minute)
  expect((await visitor.get('/en/my-account')).status).toBe(303)
})

test('one sees one’s sessions and ends another; nobody else’s can be named', async () => {
  const email = 'sessions@sahiliya.example'
  const person = await personWithPassword(world, email, technical)
  const { keys, clock, directory } = world
  const here = await world.visitor()
  await here.post('/en/sign-in', { email, password, code: nextCode(world) })
  const elsewhere = await directory.database.transaction({ role: 'worker' }, (tx) =>
    beginSession(tx, keys, clock.now(), person, technical),
  )
  const digest = keys.digest('session', elsewhere)
  expect((await here.get('/en/my-account')).text).toContain(digest)
  const stranger = await world.visitor({ role: 'mission', state: stateOf('XA') })
  expect((await stranger.post('/en/my-account/end-session', { session: digest })).status).toBe(404)
  expect((await here.post('/en/my-account/end-session', { session: digest })).status).toBe(303)
  expect((await here.get('/en/my-account')).text).not.toContain(digest)
})

test('a sensitive act asks for proof once more after 10 minutes, and goes on after it', async () => {
  const email = 'proof@sahiliya.example'
  await personWithPassword(world, email, technical)
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  world.clock.advance(11 * minute)
  const refused = await visitor.post('/en/my-account/print-codes')
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('"/en/prove?back=%2Fen%2Fmy-account"')
  expect(refused.text).toContain('"/ar/my-account"')
  const wrong = await visitor.post('/en/prove?back=/en/my-account', { password, code: '000000' })
  expect(wrong.status).toBe(403)
  const proven = await visitor.post('/en/prove?back=/en/my-account', { password, code: nextCode(world) })
  expect(proven.location).toBe('/en/my-account')
  expect((await visitor.post('/en/my-account/print-codes')).status).toBe(200)
})

test('the key of a session stands in the cookie alone, out of reach of scripts and other sites', async () => {
  const visitor = await world.visitor()
  const email = 'known@sahiliya.example'
  await personWithPassword(world, email, technical)
  const typed = { email, password, code: nextCode(world) }
  const cookie = (await visitor.post('/en/sign-in', typed)).headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^parley-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const [, key = ''] = /=([\w-]{43});/.exec(cookie) ?? []
  const sessions = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<AccountsTables>().selectFrom('accounts.session').select('digest').execute(),
  )
  expect(JSON.stringify(sessions)).not.toContain(key)
})

test('WCAG 2.2.1: a page says both limits and brings the warning; a click prolongs, a renewal does not', async () => {
  const visitor = await world.visitor(technical)
  const page = await visitor.get('/en/my-account')
  expect(page.text).toContain('or after 30 minutes without a request')
  expect(page.text).toMatch(/data-idle="1800000"\s+data-warn="300000"\s+hidden/)
  expect(page.text).toMatch(/\/assets\/session-[\w-]+\.js/)
  world.clock.advance(29 * minute)
  expect((await visitor.post('/en/my-account/stay')).status).toBe(200)
  world.clock.advance(29 * minute)
  expect((await visitor.get('/en/my-account?renewed=yes')).status).toBe(200)
  world.clock.advance(2 * minute)
  expect((await visitor.get('/en/my-account?renewed=yes')).status).toBe(303)
})

test('proving again who one is gives the session a new key, and the former one is worth nothing', async () => {
  const email = 'new-key@sahiliya.example'
  await personWithPassword(world, email, technical)
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  const former = visitor.cookie()
  await visitor.post('/en/prove', { password, code: nextCode(world) })
  expect(visitor.cookie()).not.toBe(former)
  expect((await visitor.get('/en/my-account')).status).toBe(200)
  const { origin, host } = new URL('http://localhost:8080')
  const answer = await world.directory.street.fetch(
    new Request(new URL('/en/my-account', origin), { headers: { host, cookie: former } }),
  )
  expect(answer.status).toBe(303)
})
