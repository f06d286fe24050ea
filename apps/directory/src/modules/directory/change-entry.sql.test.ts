import { newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, phone, stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Tx } from '../../platform/database/database.ts'
import { saveMission } from '../community/index.ts'
import { changeEntry } from './change-entry.ts'
import type { Entry } from './domain/entry.ts'
import { addExample, exampleContent, signedIn } from '../../../test/entry-examples.ts'
import { noteAnswered } from './note-answered.ts'
import { findEntry } from './store/entries.ts'
import { listKnown } from './store/known.ts'

let world: World
let entry: Entry
let mission: Visitor
const sahiliya = stateCode('XA')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, stateCode('XB'))
  entry = await addExample(world, sahiliya, 'technical', exampleContent('Sahiliya Team'))
  mission = await world.visitor({ role: 'mission', state: sahiliya })
})
afterAll(() => world.close())

const fields = (name: string, version: number) => ({
  version: String(version),
  language: 'en',
  entityName: name,
  email1: 'poc@sahiliya-team.example',
  phone1: '+99955501742',
  urgent: '1',
})

async function current(): Promise<Entry> {
  const found = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    findEntry(tx, entry.id),
  )
  if (!found) throw new Error('The entry is gone')
  return found
}

function asWorker<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.directory.database.transaction({ role: 'worker' }, work)
}

function asMission() {
  return { actor: signedIn({ role: 'mission', state: sahiliya }), now: world.clock.now(), requestId: newId() }
}

function changeMailbox(version: number, address: string) {
  const content = exampleContent('Sahiliya Team', { addresses: [phone('+99955501742'), email(address)] })
  const { performer } = world.directory
  return performer.perform(
    asMission(),
    changeEntry(world.community.profile, { entry: entry.id, version, content }),
  )
}

test('POC-11: a State changes its entry at any time, and its start page tells what was changed', async () => {
  const form = await mission.get(`/en/entries/${entry.id}/change`)
  expect(form.text).toContain('value="Sahiliya Team"')
  const { version } = await current()
  const saved = await mission.post(
    `/en/entries/${entry.id}/change`,
    fields('Sahiliya Team, renamed', version),
  )
  expect(saved.status).toBe(303)
  expect((await mission.get(saved.location)).text).toContain('Sahiliya Team, renamed')
  expect((await mission.get('/en/our-state')).text).toMatch(/An entry was changed[\s\S]*Name of the entity/)
})

test('of two people who edit at once, the later one is told what changed and loses nothing typed', async () => {
  const { version } = await current()
  const other = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  const path = `/en/entries/${entry.id}/change`
  expect((await other.post(path, { ...fields('The first to save', version), language1: 'fr' })).status).toBe(
    303,
  )
  const late = await mission.post(path, {
    ...fields('The second to save', version),
    nationalRole: 'Typed at length',
  })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Somebody else changed this entry')
  expect(late.text).toMatch(/<li>\s*Name of the entity: The first to save\s*<\/li>/)
  expect(late.text).toMatch(/<li>\s*Working languages: fr\s*<\/li>/)
  expect(late.text).toContain('value="The second to save"')
  expect(late.text).toContain('Typed at length')
  expect((await current()).entityName.original).toBe('The first to save')
  // The page now holds the new version: saving again is a decision.
  const [, shown = ''] = /name="version" value="(\d+)"/.exec(late.text) ?? []
  expect((await mission.post(path, fields('The second to save', Number(shown)))).status).toBe(303)
  expect((await current()).entityName.original).toBe('The second to save')
})

test('an address keeps what is known of it while its value stays, and loses it with the value', async () => {
  const before = await current()
  const [mailbox] = before.addresses
  await asWorker((tx) =>
    noteAnswered(tx, {
      entry: entry.id,
      address: mailbox?.id,
      rung: 'answered',
      at: world.clock.now(),
      month: '2026-11',
    }),
  )
  const known = async () =>
    asWorker(async (tx) => listKnown(tx, (await findEntry(tx, entry.id))?.addresses ?? []))
  expect((await changeMailbox(before.version, 'poc@sahiliya-team.example')).ok).toBe(true)
  expect([...(await known()).keys()]).toEqual([mailbox?.id])
  expect((await changeMailbox(before.version + 1, 'new@sahiliya-team.example')).ok).toBe(true)
  expect((await known()).size).toBe(0)
})

test('a POC changes entries of its own kind; adding and withdrawing are the Mission’s', async () => {
  const { version } = await current()
  const diplomat = await world.visitor({ role: 'poc', kind: 'diplomatic', state: sahiliya })
  expect((await diplomat.get(`/en/entries/${entry.id}/change`)).status).toBe(403)
  expect((await diplomat.post(`/en/entries/${entry.id}/change`, fields('Not mine', version))).status).toBe(
    403,
  )
  const technician = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  expect((await technician.get(`/en/entries/${entry.id}/withdraw`)).status).toBe(403)
  expect((await technician.post(`/en/entries/${entry.id}/withdraw`)).status).toBe(403)
  expect(
    (await technician.post('/en/entries/new', { ...fields('Not mine', 1), kind: 'technical' })).status,
  ).toBe(403)
})

test('the Mission is told at once when the directory manager changes an entry of its State; no contents travel', async () => {
  const { version } = await current()
  // What earlier changes have to say is said.
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, sahiliya, { email: 'mission@sahiliya.example', telephone: undefined, language: 'ar' }),
  )
  const manager = await world.visitor({ role: 'manager' })
  const saved = await manager.post(`/en/entries/${entry.id}/change`, {
    ...fields('As the note verbale says', version),
    email1: 'new@sahiliya-team.example',
    noteVerbale: 'NV/18/2026',
  })
  expect(saved.status).toBe(303)
  await world.work('relay')
  const told = world.sent.filter((mail) => mail.to === 'mission@sahiliya.example')
  expect(told).toHaveLength(1)
  expect(JSON.stringify(told)).toContain('ساحلية')
  expect(JSON.stringify(told)).not.toContain('As the note verbale says')
})
