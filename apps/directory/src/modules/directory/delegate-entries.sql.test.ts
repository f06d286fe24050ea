import { newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'
import { listPocs } from '../accounts/index.ts'
import { isDelegate } from './store/delegations.ts'

let world: World
let mission: Visitor
let poc: Visitor
let account: string
const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  poc = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  const [only] = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    listPocs(tx, sahiliya),
  )
  account = only?.account ?? ''
})
afterAll(() => world.close())

const fields = {
  kind: 'diplomatic',
  language: 'en',
  entityName: 'A desk',
  email1: 'desk@sahiliya.example',
}
const add = (as: Visitor): Promise<Page> => as.post('/en/entries/new', fields)

test('POC-11: a POC adds and withdraws entries once its Mission has delegated it, and no longer when it is taken back', async () => {
  expect((await poc.get('/en/entries/new')).status).toBe(403)
  expect((await add(poc)).status).toBe(403)
  expect((await mission.get('/en/our-delegates')).text).toContain('Delegate')
  expect((await mission.post('/en/our-delegates', { account, what: 'given' })).status).toBe(303)
  expect((await poc.get('/en/entries/new')).status).toBe(200)
  expect((await poc.get('/en/find/XA')).text).toContain('href="/en/entries/new"')
  const added = await add(poc)
  expect(added.status).toBe(303)
  const entry = added.location.replace(/\?.*/, '')
  // Of the other kind, too: it writes all entries of its State.
  const changed = await poc.post(`${entry}/change`, { ...fields, version: '1', entityName: 'A renamed desk' })
  expect(changed.status).toBe(303)
  expect((await poc.post(`${entry}/withdraw`)).status).toBe(303)
  expect((await mission.post('/en/our-delegates', { account, what: 'ended' })).status).toBe(303)
  expect((await add(poc)).status).toBe(403)
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('The entries were delegated to a POC')
  expect(history).toContain('The delegation of entries was taken back')
  await world.work('relay')
  await world.work('relay')
  const told = world.sent.filter(({ subject }) => subject === 'The entries of your State')
  expect(told.map(({ text }) => /lets you add|has taken back/.exec(text)?.[0])).toEqual([
    'lets you add',
    'has taken back',
  ])
})

test('what is delegated is the own State’s, and only the Mission delegates, to its own POCs', async () => {
  await mission.post('/en/our-delegates', { account, what: 'given' })
  const foreign = await world.visitor({ role: 'mission', state: norvalia })
  expect((await foreign.post('/en/our-delegates', { account, what: 'given' })).status).toBe(404)
  const theirs = (await add(await world.visitor({ role: 'mission', state: norvalia }))).location.replace(
    /\?.*/,
    '',
  )
  expect((await poc.post(`${theirs}/change`, { ...fields, version: '1' })).status).toBe(403)
  expect((await poc.post(`${theirs}/withdraw`)).status).toBe(403)
  for (const role of [{ role: 'manager' }, { role: 'poc', kind: 'technical', state: sahiliya }] as const) {
    const nobody = await world.visitor(role)
    expect((await nobody.post('/en/our-delegates', { account, what: 'given' })).status).toBe(403)
  }
  world.clock.advance(11 * 60_000)
  expect((await mission.post('/en/our-delegates', { account, what: 'ended' })).status).toBe(403)
})

test('who left and comes back is not a delegate by what was given before', async () => {
  const { database } = world.directory
  const session = { digest: '', endsAt: world.clock.now(), provenAt: world.clock.now() }
  const pocs = await database.transaction({ role: 'worker' }, (tx) => listPocs(tx, sahiliya))
  const person = pocs.find((each) => each.account === account)
  if (!person) throw new Error('there is no POC')
  const actor = { role: 'poc', kind: 'technical', state: sahiliya, name: '', session } as const
  const asks = (who: typeof person.account) =>
    database.transaction({ role: 'participant', state: sahiliya }, (tx) =>
      isDelegate(tx, { ...actor, account: who }),
    )
  expect(await asks(person.account)).toBe(true)
  expect(await asks(newId())).toBe(false)
  await database.transaction({ role: 'worker' }, async (tx) => {
    world.clock.advance(1000)
    await tx
      .withTables<{ 'accounts.holding': { account_id: string; since: Date } }>()
      .updateTable('accounts.holding')
      .set({ since: world.clock.now() })
      .where('account_id', '=', person.account)
      .execute()
  })
  expect(await asks(person.account)).toBe(false)
})
