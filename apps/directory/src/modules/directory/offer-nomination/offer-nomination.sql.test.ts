import { day, hour } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import { saveMission } from '../../community/index.ts'
import type { DirectoryTables } from '../tables.ts'
import { mostOpenOffers } from './offer-nomination.ts'

let world: World
let organization: string
let other: string
let regional: Visitor
let mission: Visitor
let state: ReturnType<typeof stateCode>
const live = 'A response team that the State named'
const offered = {
  kind: 'technical',
  language: 'en',
  entityName: 'Team of the region',
  email1: 'team@region.example',
}

beforeEach(async () => {
  world = await openWorld()
  const [first, second] = world.community.organizations.filter(({ members }) => members.size > 3)
  organization = first?.code ?? ''
  other = second?.code ?? ''
  state = stateCode([...(first?.members ?? [])][0] ?? '')
  await world.participate(state)
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, state, { email: 'mission@member.example', telephone: '+9991234567', language: 'es' }),
  )
  await nominate(world, state, 'technical', { name: live, addresses: [email('soc@member.example')] })
  regional = await world.visitor({ role: 'regional', organization })
  mission = await world.visitor({ role: 'mission', state })
})
afterEach(() => world.close())

const offer = (typed: Readonly<Record<string, string>> = {}) =>
  regional.post('/en/offers/new', { ...offered, state, ...typed })

test('POC-38: a regional organization offers a nomination; it is a proposal, and the State’s Mission decides', async () => {
  expect((await offer()).location).toBe('/en/offers')
  const page = (await mission.get('/en/proposals')).text
  expect(page).toContain('Team of the region')
  const [, id = ''] = /proposals\/([0-9a-f-]{36})\/accept/.exec(page) ?? []
  expect((await regional.get('/en/offers')).text).toContain('waits for the State')
  const found = () => mission.get(`/en/find/${state}`)
  expect((await found()).text).not.toContain('Team of the region')
  expect((await mission.post(`/en/proposals/${id}/accept`, { version: '0' })).status).toBe(303)
  expect((await found()).text).toContain('Team of the region')
  expect((await regional.get('/en/offers')).text).toMatch(/accepted/)
  expect((await mission.get('/en/our-history')).text).toContain('offered a nomination to the State')
})

test('POC-38: what is declined, or lapses after 30 days, the organization sees as such, and nothing else', async () => {
  await offer()
  const page = (await mission.get('/en/proposals')).text
  const [, id = ''] = /proposals\/([0-9a-f-]{36})\/decline/.exec(page) ?? []
  await mission.post(`/en/proposals/${id}/decline`)
  await offer({ entityName: 'Another team' })
  world.clock.advance(31 * day)
  await world.work('erase-proposals')
  regional = await world.visitor({ role: 'regional', organization })
  const { text } = await regional.get('/en/offers')
  expect(text).toContain('declined')
  expect(text).toContain('lapsed')
  for (const hidden of [live, 'Team of the region', 'Another team', 'team@region.example'])
    expect(text).not.toContain(hidden)
})

test('POC-13: a regional organization reads no entry, no proposal and no other’s offer, in SQL either', async () => {
  await offer()
  const stranger = await world.visitor({ role: 'regional', organization: other })
  expect((await stranger.get('/en/offers')).text).toContain('has offered nothing yet')
  for (const path of [`/en/find/${state}`, '/en/find', '/en/proposals', '/en/imports'])
    expect((await regional.get(path)).status).toBe(403)
  const { database } = world.directory
  const accounts = await database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<{ 'accounts.holding': { account_id: string; organization: string | null } }>()
      .selectFrom('accounts.holding')
      .select(['account_id', 'organization'])
      .where('organization', 'is not', null)
      .execute(),
  )
  for (const { account_id: account, organization: whose } of accounts) {
    const read = (table: keyof DirectoryTables) =>
      database
        .transaction({ role: 'public', account }, (tx) =>
          tx.withTables<DirectoryTables>().selectFrom(table).selectAll().execute(),
        )
        .catch(() => [])
    for (const table of ['directory.entry', 'directory.address', 'directory.proposal'] as const)
      expect(await read(table)).toEqual([])
    expect(await read('directory.offer')).toHaveLength(whose === organization ? 1 : 0)
  }
})

test('an offer is for a member that participates, names a kind and an address, and is one of twenty at most', async () => {
  const [absent = ''] = [
    ...(world.community.organizations.find(({ code }) => code === organization)?.members ?? []),
  ].filter((code) => code !== state)
  expect((await offer({ state: absent })).status).toBe(422)
  expect((await offer({ state: 'XA' })).status).toBe(422)
  expect((await offer({ kind: 'military' })).status).toBe(422)
  expect((await offer({ email1: '' })).status).toBe(422)
  for (let count = 0; count < mostOpenOffers; count += 1)
    expect((await offer({ entityName: `Team ${count}` })).status).toBe(303)
  expect((await offer({ entityName: 'One too many' })).status).toBe(409)
  expect((await mission.post('/en/offers/new', { ...offered, state })).status).toBe(403)
})

test('the Mission is told in its language, once a day however many are offered', async () => {
  await offer()
  await offer({ entityName: 'Another team' })
  await world.work('relay')
  const told = () => world.sent.filter(({ to }) => to === 'mission@member.example')
  expect(told().map(({ subject }) => subject)).toEqual(['Se ha ofrecido una designación a su Estado'])
  expect(told()[0]?.text).not.toContain('Team of the region')
  world.clock.advance(25 * hour)
  regional = await world.visitor({ role: 'regional', organization })
  await offer({ entityName: 'A third team' })
  await world.work('relay')
  expect(told()).toHaveLength(2)
})

test('POC-38: a nomination is offered from one vCard, and from nothing else', async () => {
  expect((await bring(vcard('Team of the region'))).location).toBe('/en/offers')
  expect((await mission.get('/en/proposals')).text).toContain('Team of the region')
  for (const file of ['', 'name,email\nTeam,x@y.example', vcard('One') + vcard('Two')])
    expect((await bring(file)).status).toBe(422)
})

function bring(file: string) {
  return regional.post('/en/offers/vcard', { state, kind: 'technical', file })
}

function vcard(fn: string): string {
  return `BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:${fn}\r\nORG:${fn}\r\nEMAIL:team@region.example\r\nEND:VCARD\r\n`
}
