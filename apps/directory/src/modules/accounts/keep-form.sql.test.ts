import { minute } from '@parley/kernel'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import type { Holding } from './holding.ts'
import type { AccountsTables } from './tables.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(stateOf('XA'))
})
afterAll(() => world.close())

const mission: Holding = { role: 'mission', state: stateOf('XA') }
const nominationPath = '/ar/entries/new?kind=technical'
const nomination = {
  language: 'ar',
  holder: 'entity',
  entityName: 'المركز الوطني للاستجابة',
  email1: 'soc@sahiliya.example',
  personName: '"><script>alert(1)</script>',
}
const notice = 'كانت جلستكم قد انتهت'

let people = 0
let email = ''
beforeEach(async () => {
  people += 1
  email = `person${people}@sahiliya.example`
  await personWithPassword(world, email, mission)
})

async function signIn(visitor: Visitor, as = email, back = ''): Promise<Page> {
  return visitor.post(`/ar/sign-in${back}`, { email: as, password, code: nextCode(world) })
}

/** Signs somebody in, waits past the idle limit and sends the form of a nomination. */
async function sendTooLate(): Promise<{ readonly visitor: Visitor; readonly answer: Page }> {
  const visitor = await world.visitor()
  await signIn(visitor)
  world.clock.advance(31 * minute)
  return { visitor, answer: await visitor.post(nominationPath, nomination) }
}

function keptRows() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx.withTables<AccountsTables>().selectFrom('accounts.kept_form').selectAll().execute(),
  )
}

test('POC-12: a form sent after the time-out is shown again, filled, after signing in, and nothing of it was done', async () => {
  const { visitor, answer } = await sendTooLate()
  expect(answer.location).toBe(`/ar/sign-in?${new URLSearchParams({ back: nominationPath, form: 'kept' })}`)
  expect(answer.headers.getSetCookie().join()).toMatch(
    /^parley-form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect((await visitor.get(answer.location)).text).toContain('ويُحتفظ بما كتبتم مدة 10 دقائق')
  const signedIn = await signIn(visitor, email, answer.location.slice(answer.location.indexOf('?')))
  expect(signedIn.location).toBe(nominationPath)
  const shown = await visitor.get(nominationPath)
  expect(shown.text).toContain(notice)
  expect(shown.text).toContain(`value="${nomination.entityName}"`)
  expect(shown.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  expect((await visitor.get('/ar/our-state')).text).not.toContain(nomination.entityName)
  const again = await visitor.get(nominationPath)
  expect(again.text).not.toContain(notice)
  expect(again.text).not.toContain(nomination.entityName)
  expect(await keptRows()).toEqual([])
  expect(visitor.cookie()).not.toContain('parley-form')
})

test('what is kept cannot be read in the database', async () => {
  const { visitor } = await sendTooLate()
  const stored = JSON.stringify(await keptRows())
  expect(stored).not.toContain(nomination.entityName)
  expect(stored).not.toContain(Buffer.from(nomination.entityName).toString('base64url').slice(2, 12))
  for (const cookie of visitor.cookie().split('; '))
    expect(stored).not.toContain(cookie.split('=')[1] ?? 'none')
})

test('another browser, without the cookie, is shown nothing of it', async () => {
  await sendTooLate()
  const other = await world.visitor()
  await signIn(other)
  expect((await other.get(nominationPath)).text).not.toContain(nomination.entityName)
})

test('POC-12: a stolen cookie shows nothing to another person, and is worth nothing afterwards', async () => {
  const { visitor } = await sendTooLate()
  const owner = email
  await personWithPassword(world, `other-${email}`, mission)
  // The same browser, with its cookie, in the hands of somebody else.
  await signIn(visitor, `other-${email}`)
  expect((await visitor.get(nominationPath)).text).not.toContain(nomination.entityName)
  await signIn(visitor, owner)
  expect((await visitor.get(nominationPath)).text).not.toContain(nomination.entityName)
})

test('the same person in another role is shown nothing of it, and in the former role it is still there', async () => {
  await personWithPassword(world, `several-${email}`, mission, { role: 'mission', state: stateOf('XB') })
  const several = await world.visitor()
  const choose = async (role: RegExp) => {
    const page = await several.get('/en/choose-role')
    const [, holding = ''] =
      new RegExp(`name="holding" value="([^"]+)"[^>]*>\\s*<p>\\s*<button[^>]*>\\s*${role.source}`).exec(
        page.text,
      ) ?? []
    expect((await several.post('/en/choose-role', { holding })).status).toBe(303)
  }
  const [first = '', second = ''] = ['XA', 'XB'].map((code) => world.community.stateName(stateOf(code), 'en'))
  await signIn(several, `several-${email}`)
  // Of roles held since the same moment, any may come first.
  await choose(new RegExp(`Permanent Mission, ${first}`))
  world.clock.advance(31 * minute)
  await several.post(nominationPath, nomination)
  await signIn(several, `several-${email}`)
  await choose(new RegExp(`Permanent Mission, ${second}`))
  expect((await several.get(nominationPath)).text).not.toContain(nomination.entityName)
  await choose(new RegExp(`Permanent Mission, ${first}`))
  expect((await several.get(nominationPath)).text).toContain(nomination.entityName)
})

test('after ten minutes it is gone', async () => {
  world.clock.advance(10 * minute)
  await world.work('accounts.forget-forms')
  const { visitor } = await sendTooLate()
  world.clock.advance(8 * minute)
  await signIn(visitor)
  expect(await keptRows()).toHaveLength(1)
  world.clock.advance(minute)
  expect((await visitor.get(nominationPath)).text).not.toContain(nomination.entityName)
  await world.work('accounts.forget-forms')
  expect(await keptRows()).toEqual([])
})

test('a form that was changed in the database is not shown', async () => {
  const { visitor } = await sendTooLate()
  await world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const kept = tx.withTables<AccountsTables>()
    const { sealed } = await kept.selectFrom('accounts.kept_form').select('sealed').executeTakeFirstOrThrow()
    const middle = Math.floor(sealed.length / 2)
    const other = sealed[middle] === 'A' ? 'B' : 'A'
    const tampered = `${sealed.slice(0, middle)}${other}${sealed.slice(middle + 1)}`
    await kept.updateTable('accounts.kept_form').set({ sealed: tampered }).execute()
  })
  await signIn(visitor)
  const page = await visitor.get(nominationPath)
  expect(page.status).toBe(200)
  expect(page.text).not.toContain(notice)
})

test('one session keeps one form, the last; a session that was ended on purpose keeps none', async () => {
  const { visitor } = await sendTooLate()
  const before = (await keptRows()).length
  await visitor.post(nominationPath, { ...nomination, entityName: 'الثاني' })
  expect(await keptRows()).toHaveLength(before)
  await signIn(visitor)
  const shown = await visitor.get(nominationPath)
  expect(shown.text).toContain('الثاني')
  const tab = visitor.cookie()
  await visitor.post('/ar/sign-out')
  const { origin, host } = new URL('http://localhost:8080')
  const late = await world.directory.street.fetch(
    new Request(new URL(nominationPath, origin), {
      method: 'POST',
      body: new URLSearchParams(nomination),
      headers: { host, origin, cookie: tab },
    }),
  )
  expect(late.headers.get('location')).toContain('form=lost')
})

test('without a session, or without cookies, it is said plainly that nothing was kept', async () => {
  const stranger = await world.visitor()
  const answer = await stranger.post(nominationPath, nomination)
  expect(answer.location).toContain('form=lost')
  expect((await stranger.get(answer.location.replace('/ar/', '/en/'))).text).toContain(
    'What you typed could not be kept',
  )
  expect(answer.headers.getSetCookie()).toEqual([])
})

test('passwords, codes, answers of a passkey and pasted keys are never kept', async () => {
  const declared = world.directory.rooms
    .filter(({ name }) => name === 'accounts')
    .flatMap(({ forms }) => forms)
    .filter(({ secrets }) => secrets.length > 0)
    .map(({ route, secrets }) => [route.path, secrets])
  expect(Object.fromEntries(declared)).toEqual({
    '/sign-in': ['password', 'code'],
    '/sign-in/passkey': ['answer'],
    '/invitations/:invitation/:token': ['answer', 'password', 'code', 'secret', 'told'],
    '/invitations/:invitation/:token/code': ['telephoneCode'],
    '/my-account/password': ['current', 'code', 'password', 'again'],
    '/my-account/app': ['secret', 'code'],
    '/prove': ['password', 'code'],
    '/prove/passkey': ['answer'],
    '/my-account/add-passkey': ['answer'],
  })
})

test('a form that needs fresh proof comes back filled after proving', async () => {
  const visitor = await world.visitor()
  await signIn(visitor)
  world.clock.advance(11 * minute)
  const invitee = { name: 'Noor Typed', email: 'typed@sahiliya.example', role: 'technical', language: 'en' }
  const refused = await visitor.post('/en/our-users', invitee)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('value="Noor Typed"')
  const proven = await visitor.post('/en/prove?back=/en/our-users', { password, code: nextCode(world) })
  const shown = await visitor.get(proven.location)
  expect(shown.text).toContain('before you proved again who you are')
  expect(shown.text).toContain('value="Noor Typed"')
  expect((await visitor.post('/en/our-users', invitee)).location).toBe('/en/our-users')
  const later = await visitor.get('/en/our-users')
  expect(later.text).not.toContain('value="Noor Typed"')
})

test('a form that was sent after proving in another window is not shown again', async () => {
  const visitor = await world.visitor()
  await signIn(visitor)
  world.clock.advance(11 * minute)
  const invitee = { name: 'Sent Once', email: 'once@sahiliya.example', role: 'technical', language: 'en' }
  await visitor.post('/en/our-users', invitee)
  await visitor.post('/en/prove', { password, code: nextCode(world) })
  expect((await visitor.post('/en/our-users', invitee)).status).toBe(303)
  expect((await visitor.get('/en/our-users')).text).not.toContain('value="Sent Once"')
})
