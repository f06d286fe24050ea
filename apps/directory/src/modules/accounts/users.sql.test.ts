import { day, minute, newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { saveMission } from '../community/index.ts'
import { createFirstManager } from './create-first-manager.ts'
import type { AccountsTables } from './tables.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const ours = stateOf('XA')
const theirs = stateOf('XB')

const invitee = { name: 'Noor Example', role: 'technical', language: 'en' }

function valuesOf(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))].map(([, value = '']) => value)
}

test('a Mission sees its own users and open invitations, with when each was last seen', async () => {
  const mission = await world.visitor({ role: 'mission', state: ours })
  await world.visitor({ role: 'poc', kind: 'technical', state: theirs })
  await mission.post('/en/our-users', { ...invitee, email: 'open@sahiliya.example' })
  const { text } = await mission.get('/en/our-users')
  expect(text).toContain('open@sahiliya.example')
  expect(valuesOf(text, 'holding')).toHaveLength(1)
  expect(text).toContain('One person acts for the Permanent Mission')
})

test('only a Mission changes its users: no POC, no stranger, no form that names another State', async () => {
  const technical = await world.visitor({ role: 'poc', kind: 'technical', state: ours })
  expect((await technical.get('/en/our-users')).status).toBe(403)
  expect((await technical.post('/en/our-users', { ...invitee, email: 'x@y.example' })).status).toBe(403)
  expect((await technical.get(`/en/states/${ours}/users`)).status).toBe(403)
  const stranger = await world.visitor()
  expect((await stranger.post('/en/our-users', { ...invitee, email: 'x@y.example' })).status).toBe(303)
  const mission = await world.visitor({ role: 'mission', state: ours })
  expect((await mission.get(`/en/states/${theirs}/users`)).status).toBe(403)
  expect(
    (await mission.post('/en/our-users', { ...invitee, role: 'manager', email: 'x@y.example' })).status,
  ).toBe(422)
  await mission.post('/en/our-users', { ...invitee, state: theirs, email: 'crafted@y.example' })
  const states = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<AccountsTables>()
      .selectFrom('accounts.invitation')
      .select('state')
      .where('email', '=', 'crafted@y.example')
      .execute(),
  )
  expect(states).toEqual([{ state: ours }])
})

test('a Mission cannot end another State’s user by a crafted form', async () => {
  const user = await world.visitor({ role: 'poc', kind: 'technical', state: theirs })
  const manager = await world.visitor({ role: 'manager' })
  const { text } = await manager.get(`/en/states/${theirs}/users`)
  const mission = await world.visitor({ role: 'mission', state: ours })
  const holdings = valuesOf(text, 'holding')
  expect(holdings.length).toBeGreaterThan(0)
  for (const holding of holdings)
    expect((await mission.post('/en/our-users/end', { holding })).status).toBe(404)
  expect((await user.get('/en/my-account')).status).toBe(200)
  const managerInTheWrongState = await manager.post(`/en/states/${ours}/users/end`, {
    holding: holdings[0] ?? '',
  })
  expect(managerInTheWrongState.status).toBe(404)
})

test('in SQL, a participant reaches accounts, roles, sessions and invitations of its own State only, and proofs of none', async () => {
  const mission = await world.visitor({ role: 'mission', state: theirs })
  await mission.post('/en/our-users', { ...invitee, email: 'theirs@dakhla.example' })
  const { database } = world.directory
  const seen = await database.transaction({ role: 'participant', state: ours }, async (tx) => {
    const accounts = tx.withTables<AccountsTables>()
    return {
      holdings: await accounts.selectFrom('accounts.holding').select('state').execute(),
      sessions: await accounts.selectFrom('accounts.session').select('state').execute(),
      invitations: await accounts.selectFrom('accounts.invitation').select('state').execute(),
      accounts: await accounts.selectFrom('accounts.account').select('id').execute(),
      passkeys: await accounts.selectFrom('accounts.passkey').select('id').execute(),
      passwords: await accounts.selectFrom('accounts.password').select('account_id').execute(),
    }
  })
  for (const rows of [seen.holdings, seen.sessions, seen.invitations])
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set([ours]))
  expect(seen.accounts.length).toBe(seen.holdings.length)
  expect([...seen.passkeys, ...seen.passwords]).toEqual([])
  const ended = await database.transaction({ role: 'participant', state: ours }, (tx) =>
    tx
      .withTables<AccountsTables>()
      .updateTable('accounts.holding')
      .set({ ended_at: world.clock.now() })
      .where('state', '=', theirs)
      .executeTakeFirst(),
  )
  expect(ended.numUpdatedRows).toBe(0n)
})

test('in SQL, the public sees no account, and can give itself no role without an invitation', async () => {
  const { database } = world.directory
  const rows = await database.transaction({ role: 'public' }, async (tx) => {
    const accounts = tx.withTables<AccountsTables>()
    return [
      ...(await accounts.selectFrom('accounts.account').select('id').execute()),
      ...(await accounts.selectFrom('accounts.holding').select('id').execute()),
      ...(await accounts.selectFrom('accounts.invitation').select('id').execute()),
      ...(await accounts.selectFrom('accounts.session').select('digest').execute()),
    ]
  })
  expect(rows).toEqual([])
  const account = newId<'account'>()
  const row = { id: newId(), account_id: account, role: 'manager', state: null, ended_at: null }
  const claim = database.transaction({ role: 'public', account }, (tx) =>
    tx
      .withTables<AccountsTables>()
      .insertInto('accounts.holding')
      .values({ ...row, since: world.clock.now() })
      .execute(),
  )
  await expect(claim).rejects.toThrow(/row-level security/)
})

test('ending a user ends the sessions at once; the last user of a Mission stays until another is there', async () => {
  const mission = await world.visitor({ role: 'mission', state: stateOf('XD') })
  world.clock.advance(minute)
  const user = await world.visitor({ role: 'poc', kind: 'diplomatic', state: stateOf('XD') })
  const [own = '', holding = ''] = valuesOf((await mission.get('/en/our-users')).text, 'holding')
  expect((await user.get('/en/my-account')).status).toBe(200)
  expect((await mission.post('/en/our-users/end', { holding })).status).toBe(303)
  expect((await user.get('/en/my-account')).status).toBe(303)
  expect((await mission.post('/en/our-users/end', { holding })).status).toBe(404)
  expect((await mission.post('/en/our-users/end', { holding: own })).status).toBe(409)
  await world.visitor({ role: 'mission', state: stateOf('XD') })
  expect((await mission.post('/en/our-users/end', { holding: own })).status).toBe(303)
  expect((await mission.get('/en/our-users')).status).toBe(303)
})

test('changing users asks for proof after 10 minutes', async () => {
  const mission = await world.visitor({ role: 'mission', state: ours })
  world.clock.advance(11 * minute)
  const page = await mission.post('/en/our-users', { ...invitee, email: 'late@sahiliya.example' })
  expect(page.status).toBe(403)
  expect(page.text).toContain('"/en/prove?back=%2Fen%2Four-users"')
  expect(page.text).toContain('value="late@sahiliya.example"')
})

test('RULE-9: what the manager does to a State’s users stands in that State’s history', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const state = stateOf('XE')
  const statePage = await manager.get(`/en/states/${state}`)
  expect(statePage.text).toContain(`href="/en/states/${state}/users"`)
  await manager.get(`/en/states/${state}/users`)
  await manager.post(`/en/states/${state}/users`, { ...invitee, email: 'seen@xe.example' })
  const acts = await world.directory.database.transaction({ role: 'participant', state }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string; actor: string } }>()
      .selectFrom('history.act')
      .select(['verb', 'actor'])
      .where('verb', 'like', 'user%')
      .orderBy('verb', 'desc')
      .execute(),
  )
  const by: unknown = expect.stringMatching(/^manager:/)
  expect(acts).toEqual([
    { verb: 'users.viewed', actor: by },
    { verb: 'user.invited', actor: by },
  ])
})

test('the host’s command invites the first two managers, by passkey only, and no third', async () => {
  const { keys, clock, directory } = world
  const house = { keys, clock, origin: new URL('http://localhost:8080') }
  const first = await openWorld()
  try {
    const made = await createFirstManager(first.directory.performer, house, {
      email: 'first@directory.example',
      name: 'First Manager',
      language: 'en',
    })
    const path = made.ok ? new URL(made.value).pathname : ''
    const page = await (await first.visitor()).get(path)
    expect(page.text).toContain('the operator of this directory')
    expect(page.text).toContain('data-passkey="create"')
    expect(page.text).not.toContain('name="password"')
    const crafted = await (
      await first.visitor()
    ).post(path, { name: 'X', password: 'four quiet herons', code: '1' })
    expect(crafted.status).toBe(403)
  } finally {
    await first.close()
  }
  for (const role of ['manager', 'manager'] as const) await world.visitor({ role })
  const third = await createFirstManager(directory.performer, house, {
    email: 'third@directory.example',
    name: 'Third Manager',
    language: 'en',
  })
  expect(third).toMatchObject({ ok: false, refusal: { code: 'accounts/enough-managers' } })
})

test('a hand-over ends one and invites the next in one act, also of a Mission’s only user', async () => {
  const state = stateOf('XF')
  const mission = await world.visitor({ role: 'mission', state })
  const [holding = ''] = valuesOf((await mission.get('/en/our-users')).text, 'holding')
  const next = { holding, name: 'Next Person', email: 'next@xf.example', language: 'en' }
  expect((await mission.get(`/en/our-users/hand-over?holding=${holding}`)).text).toContain('Hand over to')
  expect((await mission.post('/en/our-users/hand-over', { ...next, email: 'no address' })).status).toBe(422)
  expect((await mission.get('/en/our-users')).status).toBe(200)
  expect((await mission.post('/en/our-users/hand-over', next)).status).toBe(303)
  expect((await mission.get('/en/our-users')).location).toContain('/en/sign-in')
  await world.work('relay')
  const mail = world.sent.findLast(({ to }) => to === next.email)
  expect(mail?.text).toContain('/en/invitations/')
  expect(mail?.text).not.toContain('by telephone')
  const foreign = await world.visitor({ role: 'mission', state: ours })
  const [theirHolding = ''] = valuesOf(
    (await (await world.visitor({ role: 'mission', state: theirs })).get('/en/our-users')).text,
    'holding',
  )
  const crafted = await foreign.post('/en/our-users/hand-over', { ...next, holding: theirHolding })
  expect(crafted.status).toBe(404)
})

test('a Mission is asked once about a user whom nobody saw for 12 months, and answers', async () => {
  const state = stateOf('XH')
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: 'mission@xh.example', telephone: '+9997654321', language: 'fr' }),
  )
  await world.visitor({ role: 'poc', kind: 'technical', state })
  world.clock.advance(364 * day)
  await world.work('accounts.still-here', 'relay')
  const asked = () => world.sent.filter(({ to }) => to === 'mission@xh.example').length
  expect(asked()).toBe(0)
  world.clock.advance(2 * day)
  await world.work('accounts.still-here', 'relay')
  await world.work('accounts.still-here', 'relay')
  expect(asked()).toBe(1)
  expect(world.sent.findLast(({ to }) => to === 'mission@xh.example')?.text).toContain('/fr/our-users')
  const mission = await world.visitor({ role: 'mission', state })
  const page = await mission.get('/en/our-users')
  expect(page.text).toContain('Do these people still act for your State?')
  const [holding = ''] = valuesOf(page.text, 'holding')
  const other = await world.visitor({ role: 'mission', state: ours })
  expect((await other.post('/en/our-users/still-here', { holding })).status).toBe(404)
  expect((await mission.post('/en/our-users/still-here', { holding })).status).toBe(303)
  expect((await mission.get('/en/our-users')).text).not.toContain('Do these people still act')
})

test('POC-15: a Mission is re-admitted on a new note verbale, with a code for the telephone number that is recorded', async () => {
  const state = stateOf('XI')
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: 'mission@xi.example', telephone: '+9997654321', language: 'fr' }),
  )
  const lost = await world.visitor({ role: 'mission', state })
  const manager = await world.visitor({ role: 'manager' })
  const other = await world.visitor({ role: 'manager' })
  const typed = { reference: 'NV/2026/99', name: 'New Person', email: 'new@xi.example', language: 'fr' }
  const asked = await manager.post(`/en/states/${state}/readmit`, typed)
  expect(asked.location).toContain('/en/approvals/')
  expect((await lost.get('/en/our-users')).status).toBe(200)
  const shown = await other.post(`${asked.location}/approve`)
  expect(shown.text).toMatch(/<bdi dir="ltr">\d{4}\u00a0\d{4}<\/bdi>/)
  expect(shown.text).toContain('+9997654321')
  expect((await lost.get('/en/our-users')).status).toBe(303)
  await world.work('relay')
  expect(world.sent.findLast(({ to }) => to === typed.email)?.text).toContain('/fr/invitations/')
})
