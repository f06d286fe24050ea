import { after, day, newId } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Entry } from './domain/entry.ts'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'

let world: World
const sahiliya = stateCode('XA')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, stateCode('XB'))
})
afterAll(() => world.close())

/** How many rows anywhere in the module and the history hold the entry's words, or its key. */
async function traces(entry: Entry, word: string): Promise<Readonly<Record<string, number>>> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const count = async (query: string) =>
      (await sql.raw<{ total: number }>(`select count(*)::int as total from ${query}`).execute(tx)).rows[0]
        ?.total ?? 0
    return {
      live: await count(`directory.entry t where t::text like '%${word}%'`),
      addresses: await count(`directory.address t where entry_id = '${entry.id}'`),
      waiting: await count(`directory.withdrawn_entry t where t::text like '%${word}%'`),
      contents: await count(`history.content t where t::text like '%${word}%'`),
      keys: await count(`history.subject_key where subject = 'entry:${entry.id}'`),
      lines: await count(`history.act where subject = 'entry:${entry.id}'`),
    }
  })
}

test('a withdrawn entry disappears at once, waits for the retention period, and is then erased with its key', async () => {
  const entry = await addExample(world, sahiliya, 'technical', exampleContent('Quondam'))
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
  const before = await reader.get(`/en/entries/${entry.id}`)
  expect(before.text).toContain('Quondam')
  expect((await mission.get(`/en/entries/${entry.id}/withdraw`)).text).toContain('erased after 30 days')
  expect((await mission.post(`/en/entries/${entry.id}/withdraw`)).status).toBe(303)
  expect((await reader.get(`/en/entries/${entry.id}`)).status).toBe(404)
  expect((await reader.get('/en/find?q=quondam')).text).not.toContain('Quondam')
  expect(await traces(entry, 'Quondam')).toMatchObject({
    live: 0,
    addresses: 0,
    waiting: 1,
    contents: 1,
    keys: 1,
  })

  const withdrawnAt = world.clock.now()
  world.clock.set(after(withdrawnAt, 30 * day - 1000))
  await world.work('erase-withdrawn')
  expect(await traces(entry, 'Quondam')).toMatchObject({ waiting: 1, keys: 1 })
  world.clock.set(after(withdrawnAt, 30 * day))
  await world.work('erase-withdrawn')
  expect(await traces(entry, 'Quondam')).toEqual({
    live: 0,
    addresses: 0,
    waiting: 0,
    contents: 0,
    keys: 0,
    // Added, withdrawn, erased: the facts stay.
    lines: 3,
  })
})

test('what the history kept of former values is erased after the retention period; the live entry stays', async () => {
  const entry = await addExample(world, sahiliya, 'technical', exampleContent('Perdurant'))
  expect(await traces(entry, 'Perdurant')).toMatchObject({ live: 1, contents: 1 })
  world.clock.set(after(world.clock.now(), 31 * day))
  await world.work('erase-withdrawn')
  expect(await traces(entry, 'Perdurant')).toMatchObject({ live: 1, contents: 0, keys: 1, lines: 1 })
})

test('POC-05: a State that leaves takes its entries with it at once, and finds them again when it comes back in time', async () => {
  const norvalia = stateCode('XB')
  const entry = await addExample(
    world,
    norvalia,
    'technical',
    exampleContent('Revenant', { workingLanguages: ['ru'], nationalRole: { original: 'Role' } }),
  )
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  const mission = await world.visitor({ role: 'mission', state: norvalia })
  expect((await mission.post('/en/leave', { sure: 'yes' })).status).toBe(200)
  expect((await reader.get(`/en/entries/${entry.id}`)).status).toBe(404)
  expect((await reader.get('/en/find')).text).not.toContain('Revenant')
  await world.work('relay')
  expect(await traces(entry, 'Revenant')).toMatchObject({ live: 0, waiting: 1 })
  await world.work('restore-with-state')
  expect(await traces(entry, 'Revenant')).toMatchObject({ live: 0, waiting: 1 })

  await world.participate(norvalia)
  await world.work('restore-with-state')
  expect(await traces(entry, 'Revenant')).toMatchObject({ live: 1, waiting: 0 })
  const card = await reader.get(`/en/entries/${entry.id}`)
  expect(card.text).toContain('Revenant')
  expect(card.text).toContain('Russian')
})

test('an entry that never was is absent, not a fault', async () => {
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  for (const id of [newId(), 'new', 'x', '%00', '..'])
    expect([200, 403, 404]).toContain((await reader.get(`/en/entries/${id}`)).status)
})
