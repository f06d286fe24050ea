import { after, day, hour, minute, newId } from '@parley/kernel'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, issue } from '../../../test/issue.ts'
import { stateCode } from '../../../test/nominate.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { saveMission } from '../community/index.ts'

const state = stateCode('XA')

let world: World
let mission: Visitor
beforeEach(async () => {
  world = await openWorld()
  await world.participate(state, stateCode('XB'))
  mission = await world.visitor({ role: 'mission', state })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: 'mission@xa.example', telephone: undefined, language: 'fr' }),
  )
})
afterEach(() => world.close())

const wanted = { name: 'Dashboard of the CERT', scopes: ['entries:read'], days: '90' }

/** Issues by the page, as a Mission does, and takes the secret off the page that shows it. */
async function issueByPage(fields: Readonly<Record<string, string | readonly string[]>> = wanted) {
  const page = await mission.post('/en/our-tokens', fields)
  return { page, secret: /parley_[\w-]{43}/.exec(page.text)?.[0] ?? '' }
}

const works = async (secret: string) => (await ask(world, '/api/v1/token', secret)).status

test('POC-12: a Mission issues a token, sees it once, and it works; the database holds no secret', async () => {
  const { page, secret } = await issueByPage()
  expect(page.status).toBe(200)
  expect(await works(secret)).toBe(200)
  const list = await mission.get('/en/our-tokens')
  expect(list.text).toContain('Dashboard of the CERT')
  expect(list.text).not.toContain(secret)
  expect(await wholeDatabase(world.directory.database)).not.toContain(secret)
  await world.work()
  expect(world.sent.find(({ to }) => to === 'mission@xa.example')?.text).toContain('Dashboard of the CERT')
  expect(world.sent.map(({ text }) => text).join()).not.toContain(secret)
})

test('issuing and revoking a token need a proof that is no older than ten minutes', async () => {
  const { secret } = await issueByPage()
  const id = await idOf(await mission.get('/en/our-tokens'))
  world.clock.advance(11 * minute)
  expect((await issueByPage()).page.status).toBe(403)
  expect((await mission.post('/en/our-tokens/revoke', { token: id })).status).toBe(403)
  expect(await works(secret)).toBe(200)
})

test('a revoked token does not work any more, from the next request on', async () => {
  const { secret } = await issueByPage()
  expect(await works(secret)).toBe(200)
  await mission.post('/en/our-tokens/revoke', { token: await idOf(await mission.get('/en/our-tokens')) })
  const refused = await ask(world, '/api/v1/token', secret)
  expect(refused.status).toBe(401)
  expect(refused.json).toMatchObject({ code: 'tokens/ended' })
  expect((await mission.get('/en/our-history')).text).toContain('A token was revoked')
})

test('a token ends on its day, at the latest after a year', async () => {
  expect((await issueByPage({ ...wanted, days: '366' })).page.status).toBe(422)
  const secret = await issue(world, state, ['entries:read'], 365)
  world.clock.advance(365 * day - minute)
  expect(await works(secret)).toBe(200)
  world.clock.advance(minute)
  expect(await works(secret)).toBe(401)
})

test('POC-05: a State that leaves takes its tokens with it, and coming back brings none of them back', async () => {
  const { secret } = await issueByPage()
  await mission.post('/en/leave', { sure: 'yes' })
  expect((await ask(world, '/api/v1/entries', secret)).status).toBe(403)
  await world.work('relay')
  await world.work('relay')
  expect(await works(secret)).toBe(401)
  await world.participate(state)
  expect(await works(secret)).toBe(401)
})

test('the manager suspends a token for 72 hours at most with a reason that its State reads; then it works again', async () => {
  const { secret } = await issueByPage()
  let manager = await world.visitor({ role: 'manager' })
  const page = await manager.get('/en/states/XA/tokens')
  expect(page.text).toContain('Dashboard of the CERT')
  const token = /<option value="([0-9a-f-]{36})"/.exec(page.text)?.[1] ?? ''
  expect((await manager.post('/en/states/XA/tokens', { token, reason: '', hours: '72' })).status).toBe(422)
  const because = { token, reason: 'Asked from two places' }
  expect((await manager.post('/en/states/XA/tokens', { ...because, hours: '73' })).status).toBe(422)
  expect((await manager.post('/en/states/XA/tokens', { ...because, hours: '72' })).status).toBe(303)
  const refused = await ask(world, '/api/v1/token', secret)
  expect(refused.status).toBe(403)
  expect(refused.json).toMatchObject({ code: 'tokens/suspended' })
  expect((await mission.get('/en/our-tokens')).text).toContain('Asked from two places')
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('The directory manager suspended a token')
  expect(history).toContain('The directory manager looked at the tokens')
  for (let run = 0; run < 5; run += 1) await world.work('relay')
  const told = world.sent.filter(({ to }) => to === 'mission@xa.example').map(({ text }) => text)
  expect(told.join()).toContain('Motif : Asked from two places')
  world.clock.advance(72 * hour + 1)
  expect(await works(secret)).toBe(200)
  manager = await world.visitor({ role: 'manager' })
  expect((await manager.post('/en/states/XA/tokens', { ...because, hours: '1' })).status).toBe(409)
})

test('a State that is suspended is kept out with its systems, until the time is over', async () => {
  const { secret } = await issueByPage()
  const now = world.clock.now()
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`insert into accounts.suspension (id, state, reason, by_name, began_at, until)
      values (${newId()}, 'XA', 'Two sessions at once', 'A manager', ${now}, ${after(now, hour)})`.execute(
      tx,
    ),
  )
  const refused = await ask(world, '/api/v1/token', secret)
  expect(refused.status).toBe(403)
  expect(refused.json).toMatchObject({ code: 'accounts/state-suspended' })
  world.clock.advance(hour)
  expect(await works(secret)).toBe(200)
})

test('an address book needs the Mission to say that it knows about the copies', async () => {
  const fields = { ...wanted, scopes: ['address-book'] }
  const refused = (await issueByPage(fields)).page
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('know about the copies')
  expect((await issueByPage({ ...fields, copies: 'yes' })).page.status).toBe(200)
})

test('a token does only what it was issued for', async () => {
  const secret = await issue(world, state, ['address-book'])
  const refused = await ask(world, '/api/v1/entries', secret)
  expect(refused.status).toBe(403)
  expect(refused.json).toMatchObject({ code: 'tokens/scope-missing' })
})

test('RULE-12: the address from which a token was used is forgotten after 30 days, an ended token too', async () => {
  const secret = await issue(world, state, ['entries:read'], 365)
  await ask(world, '/api/v1/token', secret)
  const from = (address: string) =>
    world.directory.database.transaction({ role: 'worker' }, (tx) =>
      sql`update tokens.token set last_used_from = ${address}`.execute(tx),
    )
  await from('192.0.2.7')
  expect((await mission.get('/en/our-tokens')).text).toContain('192.0.2.7')
  world.clock.set(after(world.clock.now(), 31 * day))
  await world.work('tokens.forget')
  expect(await wholeDatabase(world.directory.database)).not.toContain('192.0.2.7')
  world.clock.set(after(world.clock.now(), 366 * day))
  await world.work('tokens.forget')
  expect(await works(secret)).toBe(401)
  expect(await wholeDatabase(world.directory.database)).not.toContain('A system of ours')
})

test('a State holds at most ten tokens, and guesses from one place are slowed down', async () => {
  for (let count = 0; count < 10; count += 1) await issue(world, state, ['entries:read'])
  expect((await issueByPage()).page.status).toBe(409)
  for (let count = 0; count < 100; count += 1) expect((await guess(count)).status).toBe(401)
  const slowed = await guess(100)
  expect(slowed.status).toBe(429)
  expect(slowed.headers.get('retry-after')).toBe('600')
})

test('a token asks at most 1,200 times an hour', async () => {
  const secret = await issue(world, state, ['entries:read'])
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`update tokens.token set requests = 1199`.execute(tx),
  )
  expect(await works(secret)).toBe(200)
  expect(await works(secret)).toBe(429)
  world.clock.advance(hour)
  expect(await works(secret)).toBe(200)
})

function guess(count: number) {
  return ask(world, '/api/v1/token', `parley_${String(count).padStart(43, '0')}`)
}

async function idOf({ text }: { readonly text: string }): Promise<string> {
  return /name="token" value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? ''
}
