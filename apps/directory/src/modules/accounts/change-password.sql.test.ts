import { minute } from '@parley/kernel'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Holding } from './holding.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const technical: Holding = { role: 'poc', kind: 'technical', state: stateOf('XA') }
const page = '/en/my-account/password'
const better = 'seven slow tortoises on a hill'

async function signedIn(email: string): Promise<Visitor> {
  const visitor = await world.visitor()
  const answer = await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  expect(answer.status).toBe(303)
  return visitor
}

const change = () => ({ current: password, code: nextCode(world), password: better, again: better })

test('POC-12: a changed password ends every other session, renews this one, is told by mail and is a line of the State', async () => {
  const email = 'changes@sahiliya.example'
  await personWithPassword(world, email, technical)
  const [visitor, elsewhere] = [await signedIn(email), await signedIn(email)]
  const before = visitor.cookie()
  const changed = await visitor.post(page, change())
  expect(changed.location).toBe('/en/my-account?changed=password')
  expect((await visitor.get(changed.location)).text).toContain('Your password is changed.')
  expect(visitor.cookie()).not.toBe(before)
  expect((await elsewhere.get('/en/my-account')).location).toContain('/en/sign-in')
  const typed = { email, password: better }
  const old = await (await world.visitor()).post('/en/sign-in', { ...typed, password, code: nextCode(world) })
  expect(old.status).toBe(403)
  const anew = await (await world.visitor()).post('/en/sign-in', { ...typed, code: nextCode(world) })
  expect(anew.status).toBe(303)
  await world.work('relay')
  const mail = world.sent.filter(({ to }) => to === email).at(-1)
  expect(mail?.text).toContain('The password of your account was changed')
  expect(mail?.text).toContain('If this was not you')
  const mission = await world.visitor({ role: 'mission', state: stateOf('XA') })
  expect((await mission.get('/en/our-history')).text).toContain('A user changed the password')
})

test('a new password keeps the rules of enrolment, is typed twice the same, and needs the current one and a code', async () => {
  const email = 'keeps-rules@sahiliya.example'
  await personWithPassword(world, email, technical)
  const visitor = await signedIn(email)
  const refused = async (typed: Readonly<Record<string, string>>) => {
    const answer = await visitor.post(page, { ...change(), ...typed })
    return [answer.status, /<a href="#(\w+)"/.exec(answer.text)?.[1]]
  }
  const both = (typed: string) => refused({ password: typed, again: typed })
  expect(await both('short one')).toEqual([422, 'password'])
  expect(await both('passwordpassword')).toEqual([422, 'password'])
  expect(await both('the herons of Sahiliya')).toEqual([422, 'password'])
  expect(await both('we parley at the lake')).toEqual([422, 'password'])
  expect(await refused({ again: `${better}.` })).toEqual([422, 'again'])
  expect(await refused({ current: 'not this one, not at all' })).toEqual([403, undefined])
  expect(await refused({ current: '' })).toEqual([403, undefined])
  expect(await refused({ code: '123456' })).toEqual([403, undefined])
  const stillOld = await (
    await world.visitor()
  ).post('/en/sign-in', { email, password, code: nextCode(world) })
  expect(stillOld.status).toBe(303)
})

test('whoever stands at an open screen cannot guess the current password', async () => {
  const email = 'open-screen@sahiliya.example'
  await personWithPassword(world, email, technical)
  const visitor = await signedIn(email)
  const statuses = []
  for (let tries = 0; tries < 11; tries += 1)
    statuses.push((await visitor.post(page, { ...change(), current: 'a guess of some length' })).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
})

test('POC-12: managers, auditors and people without a password have no form for one', async () => {
  for (const [role, status] of [
    [{ role: 'manager' }, 403],
    [{ role: 'auditor' }, 403],
    [technical, 404],
  ] as const) {
    const visitor = await world.visitor(role)
    expect((await visitor.get('/en/my-account')).text).not.toContain('/my-account/password')
    for (const path of [page, '/en/my-account/app']) {
      expect((await visitor.get(path)).status).toBe(status)
      expect((await visitor.post(path, change())).status).toBe(status)
    }
  }
})

test('POC-12: another app takes the place of the former one after fresh proof, and ends every other session', async () => {
  const email = 'new-app@sahiliya.example'
  await personWithPassword(world, email, technical)
  const [visitor, elsewhere] = [await signedIn(email), await signedIn(email)]
  const shown = await visitor.get('/en/my-account/app')
  const [, letters = ''] = /<p class="code"><bdi dir="ltr">([A-Z2-7 ]+)<\/bdi>/.exec(shown.text) ?? []
  const [, sealed = ''] = /name="secret" value="([^"]+)"/.exec(shown.text) ?? []
  const secret = Secret.fromBase32(letters.replaceAll(' ', ''))
  const codeOfNew = () => TOTP.generate({ secret, timestamp: world.clock.now().getTime() })
  expect((await visitor.post('/en/my-account/app', { secret: sealed, code: '000000' })).status).toBe(422)
  expect((await elsewhere.post('/en/my-account/app', { secret: 'AAAA', code: codeOfNew() })).status).toBe(422)
  const replaced = await visitor.post('/en/my-account/app', { secret: sealed, code: codeOfNew() })
  expect(replaced.location).toBe('/en/my-account?changed=app')
  expect((await elsewhere.get('/en/my-account')).location).toContain('/en/sign-in')
  const withFormer = { email, password, code: nextCode(world) }
  expect((await (await world.visitor()).post('/en/sign-in', withFormer)).status).toBe(403)
  const withNew = { email, password, code: codeOfNew() }
  expect((await (await world.visitor()).post('/en/sign-in', withNew)).status).toBe(303)
  world.clock.advance(11 * minute)
  expect((await visitor.get('/en/my-account/app')).text).not.toContain('name="secret"')
  const late = await visitor.post('/en/my-account/app', { secret: sealed, code: codeOfNew() })
  expect(late.status).toBe(403)
  await world.work('relay')
  expect(
    world.sent
      .filter(({ to }) => to === email)
      .map(({ text }) => text)
      .join(),
  ).toContain('Another authenticator app was set up')
})

test('the secret that a page shows one person sets up no app of another', async () => {
  await personWithPassword(world, 'one@sahiliya.example', technical)
  await personWithPassword(world, 'two@sahiliya.example', technical)
  const [one, two] = [await signedIn('one@sahiliya.example'), await signedIn('two@sahiliya.example')]
  const shown = await one.get('/en/my-account/app')
  const [, letters = ''] = /<p class="code"><bdi dir="ltr">([A-Z2-7 ]+)<\/bdi>/.exec(shown.text) ?? []
  const [, sealed = ''] = /name="secret" value="([^"]+)"/.exec(shown.text) ?? []
  const secret = Secret.fromBase32(letters.replaceAll(' ', ''))
  const code = TOTP.generate({ secret, timestamp: world.clock.now().getTime() })
  expect((await two.post('/en/my-account/app', { secret: sealed, code })).status).toBe(422)
})
