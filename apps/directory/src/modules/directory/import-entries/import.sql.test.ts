import { day } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../../test/entry-examples.ts'
import { email, phone, stateCode } from '../../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../../test/world.ts'
import type { Entry } from '../domain/entry.ts'
import { listEntries } from '../store/entries.ts'

const [XA, XB] = [stateCode('XA'), stateCode('XB')]

let world: World
let entry: Entry
let mission: Visitor
let manager: Visitor
beforeEach(async () => {
  world = await openWorld()
  await world.participate(XA, XB)
  const addresses = [email('poc@cert.sahiliya.example'), { ...phone('+99955022117'), cardOnly: true }]
  entry = await addExample(
    world,
    XA,
    'technical',
    exampleContent('Sahiliya CERT', { addresses, personName: 'Noor Example', cardOnly: ['person'] }),
  )
  mission = await world.visitor({ role: 'mission', state: XA })
  manager = await world.visitor({ role: 'manager' })
})
afterEach(() => world.close())

const asked = { source: 'Directory of the region, 2026', kind: 'technical', state: 'XA' }

const file = `id,state,kind,language,entity_name,email_1,time_zone
ID,XA,technical,en,Sahiliya CERT,poc@cert.sahiliya.example,Asia/Muscat
,,diplomatic,en,Ministry,cyber@mfa.sahiliya.example,
,,technical,en,No address,,
,,technical,en,Wrong,not an address,Nowhere/There
,XB,technical,en,Foreign,x@y.example,
`

const whole = () => file.replace('ID', entry.id)

function live() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) => listEntries(tx, { state: XA }))
}

test('a dry run says what would become of each entry, names what is wrong with which field, and changes nothing', async () => {
  const before = await live()
  const { status, text } = await mission.post('/en/imports', { ...asked, file: whole() })
  expect(status).toBe(200)
  expect(text).toContain('Differs from the live entry')
  expect(text).toContain('A new entry')
  expect(text).toContain('One e-mail address or one telephone number is needed.')
  expect(text).toContain('E-mail addresses: This is not an e-mail address')
  expect(text).toContain('Time zone: ')
  expect(text).toContain('It is of a State for which you cannot bring entries.')
  expect(text.match(/name="record"/g)?.length).toBe(2)
  expect(await live()).toEqual(before)
  const arabic = await mission.post('/ar/imports', { ...asked, file: whole() })
  expect(arabic.text).toContain('يختلف عن القيد الساري')
})

test('a Mission takes over what it chose for its own State; nothing that the file does not say is taken away', async () => {
  await mission.post('/en/imports/take', { ...asked, file: whole(), record: ['2', '3'] })
  const entries = await live()
  expect(entries.map(({ kind, entityName }) => [kind, entityName.original])).toEqual([
    ['diplomatic', 'Ministry'],
    ['technical', 'Sahiliya CERT'],
  ])
  const [, changed] = entries
  expect(changed?.id).toBe(entry.id)
  expect(changed?.availability.timeZone).toBe('Asia/Muscat')
  expect(changed?.personName).toBe('Noor Example')
  expect(changed?.cardOnly).toEqual(['person'])
  expect(changed?.addresses.map(({ value, cardOnly }) => [value, cardOnly])).toEqual([
    ['poc@cert.sahiliya.example', false],
    ['+99955022117', true],
  ])
})

test('what is wrong is not taken even when it is chosen', async () => {
  const refused = await mission.post('/en/imports/take', { ...asked, file: whole(), record: ['4', '5', '6'] })
  expect(refused.status).toBe(422)
  expect((await live()).length).toBe(1)
})

test('RULE-6: what the directory manager brings for a State is a proposal, and overwrites nothing', async () => {
  const before = await live()
  await manager.post('/en/imports/take', { ...asked, file: whole(), record: ['2', '3'] })
  expect(await live()).toEqual(before)
  expect((await mission.get('/en/our-state')).text).toContain('2 proposals to our State')
  const { text } = await mission.get('/en/proposals')
  expect(text).toContain('Directory of the region, 2026')
  expect(text).toContain('<ins>')
  expect((await mission.get('/en/our-history')).text).toContain('An entry was proposed to the State')
  const neighbour = await world.visitor({ role: 'mission', state: XB })
  expect((await neighbour.get('/en/proposals')).text).toContain('Nothing is proposed.')
})

test('RULE-6: the State accepts a proposal as it was shown, or declines it', async () => {
  await manager.post('/en/imports/take', { ...asked, file: whole(), record: ['2', '3'] })
  const page = (await mission.get('/en/proposals')).text
  const byVersion = new Map(
    [...page.matchAll(/proposals\/([0-9a-f-]{36})\/accept[^]*?name="version" value="(\d)"/g)].map(
      ([, id, version]) => [version, id],
    ),
  )
  const [change, addition] = [byVersion.get('1'), byVersion.get('0')]
  const neighbour = await world.visitor({ role: 'mission', state: XB })
  expect((await neighbour.post(`/en/proposals/${change}/accept`, { version: '1' })).status).toBe(404)
  expect((await mission.post(`/en/proposals/${change}/accept`, { version: '9' })).status).toBe(409)
  expect((await mission.post(`/en/proposals/${change}/accept`, { version: '1' })).location).toBe(
    `/en/entries/${entry.id}?saved=yes`,
  )
  expect((await live())[0]?.availability.timeZone).toBe('Asia/Muscat')
  await mission.post(`/en/proposals/${addition}/decline`)
  expect((await mission.get('/en/proposals')).text).toContain('Nothing is proposed.')
  expect((await live()).length).toBe(1)
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('A proposal was accepted')
  expect(history).toContain('A proposal was declined')
})

test('a proposal that nobody settles is erased after 30 days', async () => {
  await manager.post('/en/imports/take', { ...asked, file: whole(), record: '2' })
  world.clock.advance(31 * day)
  await world.work('erase-proposals')
  const later = await world.visitor({ role: 'mission', state: XA })
  expect((await later.get('/en/proposals')).text).toContain('Nothing is proposed.')
  expect((await later.get('/en/our-history')).text).toContain('A proposal was erased')
})
