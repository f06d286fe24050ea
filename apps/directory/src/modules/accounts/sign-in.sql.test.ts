import { minute } from '@parley/kernel'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextCode, password, personWithPassword, stateOf, totpSecret } from '../../../test/people.ts'
import { openWorld, origin, type World } from '../../../test/world.ts'
import { safeBack } from './back.ts'
import type { Holding } from './holding.ts'
import type { AccountsTables } from './tables.ts'
import { stepOfCode } from './totp.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const technical: Holding = { role: 'poc', kind: 'technical', state: stateOf('XA') }

test('an unknown address, a wrong password and a manager with the right one get the same answer', async () => {
  await personWithPassword(world, 'known@sahiliya.example', technical)
  await personWithPassword(world, 'manager@directory.example', { role: 'manager' })
  const visitor = await world.visitor()
  const code = nextCode(world)
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
  await personWithPassword(world, 'replay@sahiliya.example', technical)
  const visitor = await world.visitor()
  const typed = { email: 'replay@sahiliya.example', password, code: nextCode(world) }
  expect((await visitor.post('/en/sign-in', typed)).status).toBe(303)
  expect((await (await world.visitor()).post('/en/sign-in', typed)).status).toBe(403)
  expect(
    (await (await world.visitor()).post('/en/sign-in', { ...typed, code: nextCode(world) })).status,
  ).toBe(303)
})

test('digits of any script and one step of delay are accepted, more are not', () => {
  const now = new Date('2026-11-23T08:00:10Z')
  const code = TOTP.generate({ secret: new Secret({ buffer: totpSecret.buffer }), timestamp: now.getTime() })
  const arabic = code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
  expect(stepOfCode(totpSecret, arabic, now)).toBe(Math.floor(now.getTime() / 30_000))
  expect(stepOfCode(totpSecret, code, new Date(now.getTime() + 30_000))).toBeDefined()
  expect(stepOfCode(totpSecret, code, new Date(now.getTime() + 90_000))).toBeUndefined()
})

test('guessing stops after ten tries, for addresses with an account and for those without', async () => {
  await personWithPassword(world, 'guessed@sahiliya.example', technical)
  const visitor = await world.visitor()
  for (const email of ['guessed@sahiliya.example', 'nobody-at-all@sahiliya.example']) {
    const statuses = []
    for (let tries = 0; tries < 11; tries += 1)
      statuses.push((await visitor.post('/en/sign-in', { email, password: 'wrong' })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
    const right = await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
    expect(right.status).toBe(429)
  }
  world.clock.advance(16 * minute)
  const typed = { email: 'guessed@sahiliya.example', password, code: nextCode(world) }
  expect((await visitor.post('/en/sign-in', typed)).status).toBe(303)
})

test('a one-time code stands in for the app once; a new sheet ends the old one', async () => {
  await personWithPassword(world, 'sheet@sahiliya.example', technical)
  const visitor = await world.visitor()
  const email = 'sheet@sahiliya.example'
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
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

test('one returns to pages of our own only', async () => {
  const email = 'back@sahiliya.example'
  await personWithPassword(world, email, technical)
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
  const typed = { email, password, code: nextCode(world) }
  expect((await visitor.post('/en/sign-in?back=//evil.example', typed)).location).toBe('/en')
})

test('a form from another origin does nothing', async () => {
  const body = new URLSearchParams({ email: 'known@sahiliya.example', password, code: nextCode(world) })
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
