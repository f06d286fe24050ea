import { day } from '@parley/kernel'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, stateOf } from '../../../test/people.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import type { AccountsTables } from './tables.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const sahiliya = stateOf('XA')

/** Invites somebody from the users page of a Mission and gives back the path of the link that was mailed. */
async function invited(email: string): Promise<string> {
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const page = await mission.post('/en/our-users', {
    name: 'Noor Example',
    email,
    role: 'technical',
    language: 'en',
  })
  expect(page.status).toBe(303)
  return linkTo(email)
}

async function linkTo(email: string): Promise<string> {
  await world.work('relay')
  const mail = world.sent.findLast(({ to }) => to === email)
  const [link = ''] = /http\S+/.exec(mail?.text ?? '') ?? []
  return new URL(link).pathname
}

function fieldOf(page: Page, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? ''
}

function codeOf(secret: string): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: world.clock.now().getTime() })
}

function secretOn(page: Page): string {
  return (/<bdi dir="ltr">([A-Z2-7 ]{32,})<\/bdi>/.exec(page.text)?.[1] ?? '').replaceAll(' ', '')
}

interface Enrolled {
  readonly visitor: Visitor
  readonly answer: Page
  readonly secret: string
}

async function enrol(link: string, fields: Readonly<Record<string, string>> = {}): Promise<Enrolled> {
  const visitor = await world.visitor()
  const page = await visitor.get(link)
  expect(page.status).toBe(200)
  const secret = secretOn(page)
  const answer = await visitor.post(link, {
    name: 'Noor Example',
    password,
    code: codeOf(secret),
    secret: fieldOf(page, 'secret'),
    ...fields,
  })
  return { visitor, answer, secret }
}

test('an invitation is mailed in the invitee’s language, and no token stands in the outbox or in a table', async () => {
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const email = 'noor@sahiliya.example'
  await mission.post('/en/our-users', { name: 'Noor Example', email, role: 'technical', language: 'ar' })
  const stored = await world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const tables = tx.withTables<AccountsTables & { 'outbox.delivery': { payload: unknown } }>()
    return JSON.stringify([
      await tables.selectFrom('outbox.delivery').select('payload').execute(),
      await tables.selectFrom('accounts.invitation').selectAll().execute(),
    ])
  })
  const link = await linkTo(email)
  const [, , , id = '', token = ''] = link.split('/')
  expect(token).toMatch(/^[0-9a-f]{64}$/)
  expect(stored).toContain(id)
  expect(stored).not.toContain(token)
  expect(link).toMatch(/^\/ar\/invitations\//)
  const mail = world.sent.findLast(({ to }) => to === 'noor@sahiliya.example')
  expect(mail?.language).toBe('ar')
  expect(mail?.text).toContain('جهة الاتصال التقنية، ')
  const page = await (await world.visitor()).get(link)
  expect(page.text).toContain('dir="rtl"')
  expect(page.text).toContain('otpauth://totp/')
})

test('whoever accepts with password and app is signed in, and can sign in again with the next code', async () => {
  const link = await invited('amal@sahiliya.example')
  const { visitor, answer, secret } = await enrol(link)
  expect(answer.location).toBe('/en/my-account?new=yes')
  expect((await visitor.get('/en/my-account')).text).toContain('Noor Example')

  await visitor.post('/en/sign-out')
  expect((await visitor.get('/en/my-account')).location).toContain('/en/sign-in')

  const typed = { email: 'AMAL@sahiliya.example', password }
  const replayed = await visitor.post('/en/sign-in', { ...typed, code: codeOf(secret) })
  expect(replayed.status).toBe(403)
  expect(replayed.text).toContain('This did not fit')
  world.clock.advance(30_000)
  const again = await visitor.post('/en/sign-in?back=/en/my-account', { ...typed, code: codeOf(secret) })
  expect(again.location).toBe('/en/my-account')
})

test('an invitation works once', async () => {
  const link = await invited('once@sahiliya.example')
  expect((await enrol(link)).answer.status).toBe(303)
  const later = await (await world.visitor()).get(link)
  expect(later.status).toBe(410)
  expect(later.text).toContain('used already')
})

test('an invitation lasts 7 days and no longer', async () => {
  const link = await invited('late@sahiliya.example')
  world.clock.advance(7 * day)
  const page = await (await world.visitor()).get(link)
  expect(page.status).toBe(410)
  expect(page.text).toContain('is over')
})

test('an invented token and the token of another invitation open nothing', async () => {
  const one = await invited('one@sahiliya.example')
  const other = await invited('other@sahiliya.example')
  const [, , , id = '', token = ''] = one.split('/')
  const [, , , , foreign = ''] = other.split('/')
  const visitor = await world.visitor()
  for (const wrong of [foreign, '0'.repeat(64), token.slice(1), 'x']) {
    expect((await visitor.get(`/en/invitations/${id}/${wrong}`)).status).toBe(404)
    expect((await visitor.post(`/en/invitations/${id}/${wrong}`, { name: 'X', password })).status).toBe(404)
  }
})

test('a withdrawn invitation is over, and so is one that a newer one replaced', async () => {
  const first = await invited('twice@sahiliya.example')
  const second = await invited('twice@sahiliya.example')
  const visitor = await world.visitor()
  expect((await visitor.get(first)).status).toBe(410)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const [, , , invitation = ''] = second.split('/')
  expect((await mission.post('/en/our-users/withdraw', { invitation })).status).toBe(303)
  expect((await visitor.get(second)).status).toBe(410)
})

test('a password is refused when it is short, well known or names a State or the product; what was typed stays', async () => {
  const link = await invited('choosy@sahiliya.example')
  const refusals = {
    'fourteen chars': 'too short',
    passwordpassword: 'well known',
    'my days in Spain of 1998': 'name of a State',
    'the best of PARLEY ever': 'of this program',
    'mali is warm in may': 'name of a State',
    'عطلة جميلة في فرنسا': 'name of a State',
  }
  for (const [wrong, why] of Object.entries(refusals)) {
    const { answer } = await enrol(link, { password: wrong, name: 'Chosen Name' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(why)
    expect(answer.text).toContain('value="Chosen Name"')
  }
  expect((await enrol(link, { code: '000000' })).answer.text).toContain('This code is not right')
  expect((await enrol(link, { password: 'normalised minutes of may' })).answer.status).toBe(303)
})

test('the first account of a Mission needs the code told by telephone, and five wrong ones end the invitation', async () => {
  const state = stateOf('XB')
  const manager = await world.visitor({ role: 'manager' })
  const ask = async (email: string) => {
    const page = await manager.post(`/en/states/${state}/users`, {
      name: 'Mission Person',
      email,
      role: 'mission',
      language: 'en',
    })
    expect(page.status).toBe(200)
    const [, code = ''] = /class="code"[^>]*>\s*<bdi dir="ltr">([\d\s]+)</.exec(page.text) ?? []
    return { code: code.replace(/\s/g, ''), link: await linkTo(email) }
  }
  const visitor = await world.visitor()

  const lost = await ask('lost@mission.example')
  expect((await visitor.get(lost.link)).text).not.toContain('name="password"')
  expect((await visitor.post(lost.link, { name: 'X', password })).status).toBe(422)
  for (const left of [4, 3, 2, 1]) {
    const wrong = await visitor.post(`${lost.link}/code`, { telephoneCode: '00000000' })
    expect(wrong.text).toContain(`You have ${left} tr`)
  }
  expect((await visitor.post(`${lost.link}/code`, { telephoneCode: '00000000' })).status).toBe(410)
  const late = await visitor.post(`${lost.link}/code`, { telephoneCode: lost.code })
  expect(late.status).toBe(410)

  const { code, link } = await ask('first@mission.example')
  const told = await visitor.post(`${link}/code`, { telephoneCode: code })
  expect(told.text).toContain(`href="${link.replace('/en/', '/ar/')}"`)
  expect(told.text).toContain('name="password"')
  const secret = secretOn(told)
  const answer = await visitor.post(link, {
    name: 'Mission Person',
    told: fieldOf(told, 'told'),
    password,
    code: codeOf(secret),
    secret: fieldOf(told, 'secret'),
  })
  expect(answer.location).toBe('/en/my-account?new=yes')
  const second = await manager.post(`/en/states/${state}/users`, {
    name: 'Second Person',
    email: 'second@mission.example',
    role: 'mission',
    language: 'en',
  })
  expect(second.status).toBe(303)
})

test('a new user is told to every other user of that State, and to nobody else', async () => {
  const sent = world.sent.length
  const other = stateOf('XC')
  await world.visitor({ role: 'poc', kind: 'diplomatic', state: other })
  const link = await invited('told@sahiliya.example')
  await enrol(link)
  await world.work('relay')
  const told = world.sent.slice(sent).filter(({ subject }) => subject === 'A new user acts for your State')
  expect(told.length).toBeGreaterThan(2)
  expect(told.map(({ to }) => to)).toContain('amal@sahiliya.example')
  expect(told.map(({ to }) => to)).not.toContain('told@sahiliya.example')
  expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(told.length)
})

test('of two people who accept at the same moment one comes in', async () => {
  const link = await invited('race@sahiliya.example')
  const visitor = await world.visitor()
  const page = await visitor.get(link)
  const sent = {
    name: 'Noor Example',
    password,
    code: codeOf(secretOn(page)),
    secret: fieldOf(page, 'secret'),
  }
  const answers = await Promise.all([visitor.post(link, sent), (await world.visitor()).post(link, sent)])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 410]))
})

test('recovery goes through the Mission: whoever is invited again begins anew, and the old proof is worth nothing', async () => {
  const email = 'lost-phone@sahiliya.example'
  const { secret: lost } = await enrol(await invited(email))
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const users = (await mission.get('/en/our-users')).text
  const [, holding = ''] =
    new RegExp(`${email}(?:(?!</tr>)[^])*name="holding" value="([^"]+)"`).exec(users) ?? []
  expect((await mission.post('/en/our-users/end', { holding })).status).toBe(303)
  const visitor = await world.visitor()
  const signIn = (secret: string) => {
    world.clock.advance(60_000)
    return visitor.post('/en/sign-in', { email, password, code: codeOf(secret) })
  }
  expect((await signIn(lost)).status).toBe(403)
  const { answer, secret } = await enrol(await invited(email))
  expect(answer.status).toBe(303)
  expect((await signIn(lost)).status).toBe(403)
  expect((await signIn(secret)).status).toBe(303)
})

test('whoever has an account takes a second role up in it, signed in, and nobody else can', async () => {
  const email = 'both@sahiliya.example'
  const { visitor } = await enrol(await invited(email))
  const other = await world.visitor({ role: 'mission', state: stateOf('XD') })
  const fields = { name: 'Noor Example', email, role: 'diplomatic', language: 'en' }
  expect((await other.post('/en/our-users', fields)).status).toBe(303)
  const link = await linkTo(email)
  const stranger = await world.visitor()
  expect((await stranger.get(link)).text).toContain('/en/sign-in?back=')
  expect((await stranger.post(link, { name: 'X', password, code: '000000' })).status).toBe(403)
  expect((await other.post(link, { name: 'X' })).status).toBe(403)
  const accepted = await visitor.post(link, { name: 'Noor Example' })
  expect(accepted.location).toBe('/en/choose-role')
  expect((await visitor.get('/en/choose-role')).text).toContain('Diplomatic POC')
})
