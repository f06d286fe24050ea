import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateOf } from '../../../test/people.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Entry } from './domain/entry.ts'

const [sahiliya, norvalia] = [stateOf('XA'), stateOf('XB')]
const typed = { version: '1', language: 'en', entityName: 'Rival office', email1: 'rival@sahiliya.example' }
let world: World
let entry: Entry
let mission: Visitor
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  entry = await addExample(world, sahiliya, 'technical', exampleContent('Duty desk'))
  const first = await world.visitor({ role: 'manager' })
  const second = await world.visitor({ role: 'manager' })
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  const asked = await first.post('/en/states/XA/freeze', {
    reason: 'Two notes verbales contradict each other',
  })
  await second.post(`${asked.location}/approve`)
})
afterAll(() => world.close())

test('entries of a State that two authorities claim stay visible, and every reader is told that they are under review', async () => {
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  const { text } = await reader.get(`/en/entries/${entry.id}`)
  expect(text).toContain('Duty desk')
  expect(text).toContain('Under review since')
  // The reason is the State's and the manager's to read.
  expect(text).not.toContain('contradict')
  expect((await mission.get('/en/our-state/contact')).text).toContain('contradict')
})

test('frozen entries are changed by nobody: not by the State, not by the manager on a note verbale', async () => {
  const manager = await world.visitor({ role: 'manager' })
  for (const [who, extra] of [
    [mission, {}],
    [manager, { noteVerbale: 'NV/9', state: 'XA', kind: 'technical' }],
  ] as const) {
    const change = await who.post(`/en/entries/${entry.id}/change`, { ...typed, ...extra })
    expect(change.status).toBe(409)
    expect(change.text).toContain('stay as they are')
    expect((await who.post(`/en/entries/${entry.id}/withdraw`, extra)).status).toBe(409)
    expect((await who.post('/en/entries/new', { ...typed, kind: 'technical', ...extra })).status).toBe(409)
  }
})

test('frozen entries are kept by the database as well', async () => {
  const acting = { role: 'participant', state: sahiliya } as const
  const changed = world.directory.database.transaction(acting, async (tx) => {
    const { numAffectedRows } = await sql`update directory.entry set entity_name = 'Rival office'`.execute(tx)
    return numAffectedRows
  })
  expect(await changed).toBe(0n)
})

test('POC-05: a State whose entries are frozen still leaves by its own act', async () => {
  const other = await openWorld()
  try {
    await other.participate(norvalia)
    await addExample(other, norvalia, 'technical', exampleContent('Leaving desk'))
    const manager = await other.visitor({ role: 'manager' })
    await manager.post('/en/states/XB/freeze', { reason: 'Two authorities' })
    const leaving = await other.visitor({ role: 'mission', state: norvalia })
    expect((await leaving.post('/en/leave', { sure: 'yes' })).status).toBe(200)
    await other.work('relay')
    const { rows } = await other.directory.database.transaction({ role: 'worker' }, (tx) =>
      sql<{ live: number }>`select count(*)::int as live from directory.entry`.execute(tx),
    )
    expect(rows).toEqual([{ live: 0 }])
  } finally {
    await other.close()
  }
})

test('the freeze is lifted by two managers, and entries change again', async () => {
  const first = await world.visitor({ role: 'manager' })
  const second = await world.visitor({ role: 'manager' })
  const asked = await first.post('/en/states/XA/unfreeze', { reason: 'The General Assembly decided' })
  await second.post(`${asked.location}/approve`)
  const again = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await again.post(`/en/entries/${entry.id}/change`, typed)).status).toBe(303)
})
