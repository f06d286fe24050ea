import { minute, newId, parseStateCode, type StateCode } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, origin, type World } from '../../../test/world.ts'
import { admitPerson } from './admit-person.ts'
import { safeBack } from './back.ts'
import type { Holding } from './holding.ts'
import { hashPassword } from './password.ts'
import { seal } from './sealed.ts'
import { beginSession, type Person } from './session.ts'
import type { AccountsTables } from './tables.ts'
import { newTotpSecret, stepOfCode } from './totp.ts'
import { Secret, TOTP } from 'otpauth'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const password = 'four quiet herons by the lake'
const secret = newTotpSecret()

function stateOf(code: string): StateCode {
  const state = parseStateCode(code)
  if (!state) throw new Error('no such State')
  return state
}

/** Somebody with a password and an app, whatever the role; a page would give a manager neither. */
async function personWithPassword(
  email: string,
  ...roles: readonly [Holding, ...Holding[]]
): Promise<Person> {
  const { keys, clock, directory } = world
  return directory.database.transaction({ role: 'worker' }, async (tx) => {
    const [first, ...others] = roles
    const person = await admitPerson(tx, clock.now(), { name: 'Known Person', email, language: 'en' }, first)
    const accounts = tx.withTables<AccountsTables>()
    for (const other of others) {
      const state = 'state' in other ? other.state : null
      const row = { account_id: person.account, role: other.role, state, since: clock.now(), ended_at: null }
      await accounts
        .insertInto('accounts.holding')
        .values({ id: newId(), ...row })
        .execute()
    }
    await accounts
      .insertInto('accounts.password')
      .values({
        account_id: person.account,
        hash: await hashPassword(password),
        totp_secret: seal(keys, person.account, secret),
        totp_last_step: 0,
      })
      .execute()
    return person
  })
}

/** The next code of the app, each time a fresh one. */
function nextCode(): string {
  world.clock.advance(minute)
  const timestamp = world.clock.now().getTime()
  return TOTP.generate({ secret: new Secret({ buffer: secret.buffer }), timestamp })
}

const technical: Holding = { role: 'technical', state: stateOf('XA') }

test('an unknown address, a wrong password and a manager with the right one get the same answer', async () => {
  await personWithPassword('known@sahiliya.example', technical)
  await personWithPassword('manager@directory.example', { role: 'manager' })
  const visitor = await world.visitor()
  const code = nextCode()
  const answers = []
  for (const typed of [
    { email: 'nobody@sahiliya.example', password, code },
    { email: 'known@sahiliya.example', password: 'not this one, not at all', code },
    { email: 'known@sahiliya.example', password, code: '123456' },
    { email: 'known@sahiliya.example', password: '', code },
    { email: 'manager@directory.example', password, code },
  ]) {
    const { status, text } = await visitor.post('/en/sign-in', typed)
    answers.push(
      `${status} ${withoutWhatChanges(text).replaceAll(typed.email, '').replaceAll(typed.code, '')}`,
    )
  }
  for (const answer of answers) expect(answer).toBe(answers[0])
  expect(answers[0]).toMatch(/^403 .*This did not fit/s)
})

/** The challenge and the reference differ from one page to the next. */
function withoutWhatChanges(text: string): string {
  return text.replace(/data-options="[^"]*"/, '')
}

test('a code of the app works once, also for the same second', async () => {
  await personWithPassword('replay@sahiliya.example', technical)
  const visitor = await world.visitor()
  const typed = { email: 'replay@sahiliya.example', password, code: nextCode() }
  expect((await visitor.post('/en/sign-in', typed)).status).toBe(303)
  expect((await (await world.visitor()).post('/en/sign-in', typed)).status).toBe(403)
  expect((await (await world.visitor()).post('/en/sign-in', { ...typed, code: nextCode() })).status).toBe(303)
})

test('digits of any script and one step of delay are accepted, more are not', () => {
  const now = new Date('2026-11-23T08:00:10Z')
  const code = TOTP.generate({ secret: new Secret({ buffer: secret.buffer }), timestamp: now.getTime() })
  const arabic = code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
  expect(stepOfCode(secret, arabic, now)).toBe(Math.floor(now.getTime() / 30_000))
  expect(stepOfCode(secret, code, new Date(now.getTime() + 30_000))).toBeDefined()
  expect(stepOfCode(secret, code, new Date(now.getTime() + 90_000))).toBeUndefined()
})

test('guessing stops after ten tries, for addresses with an account and for those without', async () => {
  await personWithPassword('guessed@sahiliya.example', technical)
  const visitor = await world.visitor()
  for (const email of ['guessed@sahiliya.example', 'nobody-at-all@sahiliya.example']) {
    const statuses = []
    for (let tries = 0; tries < 11; tries += 1)
      statuses.push((await visitor.post('/en/sign-in', { email, password: 'wrong' })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
    const right = await visitor.post('/en/sign-in', { email, password, code: nextCode() })
    expect(right.status).toBe(429)
  }
  world.clock.advance(16 * minute)
  const typed = { email: 'guessed@sahiliya.example', password, code: nextCode() }
  expect((await visitor.post('/en/sign-in', typed)).status).toBe(303)
})

test('a one-time code stands in for the app once; a new sheet ends the old one', async () => {
  await personWithPassword('sheet@sahiliya.example', technical)
  const visitor = await world.visitor()
  const email = 'sheet@sahiliya.example'
  await visitor.post('/en/sign-in', { email, password, code: nextCode() })
  const print = async () => {
    const page = await visitor.post('/en/my-account/print-codes')
    return [...page.text.matchAll(/<bdi dir="ltr">((?:[0-9A-Z]{4} ?){6})<\/bdi>/g)].map(
      ([, code = '']) => code,
    )
  }
  const [first = '', second = '', ...others] = await print()
  expect(others).toHaveLength(8)
  const other = await world.visitor()
  const typed = (code: string) => ({ email, password, code })
  expect((await other.post('/en/sign-in', typed(first.toLowerCase()))).status).toBe(303)
  expect((await other.post('/en/sign-in', typed(first))).status).toBe(403)
  await print()
  expect((await other.post('/en/sign-in', typed(second))).status).toBe(403)
  const spent = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<AccountsTables>().selectFrom('accounts.one_time_code').select('digest').execute(),
  )
  expect(spent.map(({ digest }) => digest)).not.toContain(first)
  await world.work('relay')
  expect(world.sent.filter(({ to }) => to === email).map(({ subject }) => subject)).toContain(
    'How you sign in has changed',
  )
})

test('a person with several roles chooses one; a password never opens the manager’s', async () => {
  await personWithPassword(
    'several@sahiliya.example',
    technical,
    { role: 'mission', state: stateOf('XB') },
    { role: 'manager' },
  )
  const visitor = await world.visitor()
  const typed = { email: 'several@sahiliya.example', password, code: nextCode() }
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
  await personWithPassword(email, technical, { role: 'mission', state: stateOf('XB') })
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode() })
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
  const person = await personWithPassword(email, technical)
  const { keys, clock, directory } = world
  const here = await world.visitor()
  await here.post('/en/sign-in', { email, password, code: nextCode() })
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
  await personWithPassword(email, technical)
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode() })
  world.clock.advance(11 * minute)
  const refused = await visitor.post('/en/my-account/print-codes')
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('/en/prove?back=%2Fen%2Fmy-account')
  const wrong = await visitor.post('/en/prove?back=/en/my-account', { password, code: '000000' })
  expect(wrong.status).toBe(403)
  const proven = await visitor.post('/en/prove?back=/en/my-account', { password, code: nextCode() })
  expect(proven.location).toBe('/en/my-account')
  expect((await visitor.post('/en/my-account/print-codes')).status).toBe(200)
})

test('one returns to pages of our own only', async () => {
  const email = 'back@sahiliya.example'
  await personWithPassword(email, technical)
  for (const back of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/en@evil',
    '/xx/a',
    'javascript:1',
  ])
    expect(safeBack(back, '/en')).toBe('/en')
  expect(safeBack('/ar/rounds?after=2', '/en')).toBe('/ar/rounds?after=2')
  const visitor = await world.visitor()
  const typed = { email, password, code: nextCode() }
  expect((await visitor.post('/en/sign-in?back=//evil.example', typed)).location).toBe('/en')
})

test('a form from another origin does nothing', async () => {
  const body = new URLSearchParams({ email: 'known@sahiliya.example', password, code: nextCode() })
  for (const headers of [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]) {
    const answer = await world.directory.street.fetch(
      new Request(new URL('/en/sign-in', origin), {
        method: 'POST',
        body,
        headers: { ...headers, host: origin.host },
      }),
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
  }
})

test('the key of a session stands in the cookie alone, out of reach of scripts and other sites', async () => {
  const visitor = await world.visitor()
  const typed = { email: 'known@sahiliya.example', password, code: nextCode() }
  const cookie = (await visitor.post('/en/sign-in', typed)).headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^parley-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const [, key = ''] = /=([\w-]{43});/.exec(cookie) ?? []
  const sessions = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<AccountsTables>().selectFrom('accounts.session').select('digest').execute(),
  )
  expect(JSON.stringify(sessions)).not.toContain(key)
})
