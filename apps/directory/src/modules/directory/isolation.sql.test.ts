import { newId } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Acting } from '../../platform/database/acting.ts'
import { changeEntry } from './change-entry.ts'
import type { Entry } from './domain/entry.ts'
import { addExample, exampleContent, signedIn } from '../../../test/entry-examples.ts'
import { noteAnswered } from './note-answered.ts'
import { withdrawEntry } from './withdraw-entry.ts'

let world: World
let theirs: Entry
const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  theirs = await addExample(world, sahiliya, 'technical', exampleContent('Sahiliya Team'))
  await addExample(world, norvalia, 'technical', exampleContent('Norvalia Team'))
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    noteAnswered(tx, {
      entry: theirs.id,
      address: theirs.addresses[0]?.id,
      rung: 'answered',
      at: world.clock.now(),
      month: '2026-10',
    }),
  )
})
afterAll(() => world.close())

const fields = { version: '1', language: 'en', entityName: 'Taken over', email1: 'evil@norvalia.example' }

test('a request crafted to another State’s entry is refused on every page and form', async () => {
  for (const as of [
    { role: 'mission' },
    { role: 'poc', kind: 'technical' },
    { role: 'poc', kind: 'diplomatic' },
  ] as const) {
    const other = await world.visitor({ ...as, state: norvalia })
    expect((await other.get(`/en/entries/${theirs.id}/change`)).status).toBe(403)
    expect((await other.post(`/en/entries/${theirs.id}/change`, fields)).status).toBe(403)
    expect((await other.post(`/en/entries/${theirs.id}/withdraw`)).status).toBe(403)
    expect((await other.post(`/en/entries/${theirs.id}/confirm`)).status).toBe(403)
  }
  const mission = await world.visitor({ role: 'mission', state: norvalia })
  const saved = await mission.post('/en/entries/new', { ...fields, state: 'XA', kind: 'technical' })
  expect((await mission.get(saved.location)).text).toContain('<h1>Norvalia</h1>')
})

test('an action that acts for another State is refused, whatever calls it', async () => {
  const request = {
    actor: signedIn({ role: 'mission', state: norvalia }),
    now: world.clock.now(),
    requestId: newId(),
  }
  const { profile } = world.community
  const { performer } = world.directory
  const change = { entry: theirs.id, version: theirs.version, content: exampleContent('Taken over') }
  expect(await performer.perform(request, changeEntry(profile, change))).toMatchObject({
    ok: false,
    refusal: { code: 'directory/not-yours' },
  })
  expect(await performer.perform(request, withdrawEntry(profile, { entry: theirs.id }))).toMatchObject({
    ok: false,
  })
})

const strangers: readonly Acting[] = [
  { role: 'participant', state: norvalia, account: newId() },
  { role: 'participant' },
  { role: 'public' },
]

/** Statements that write another State's entry, or something that hangs on it. */
function writings(id: string): readonly string[] {
  return [
    `update directory.entry set entity_name = 'Taken over' where id = '${id}'`,
    `update directory.address set value = 'evil@x.example' where entry_id = '${id}'`,
    address(id, 'XA'),
    address(id, 'XB'),
    `insert into directory.withdrawn_entry values
      ('${newId()}', 'XA', 'technical', '{}', 'withdrawn', '2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z')`,
    `delete from directory.address where entry_id = '${id}'`,
    `delete from directory.entry where id = '${id}'`,
    `insert into directory.last_answered values ('${id}', 'XB', '2026-11') on conflict do nothing`,
    `update directory.last_answered set month = '2026-11'`,
  ]
}

/** Statements that read what is a State's own. */
function readings(id: string): readonly string[] {
  return [
    `select * from directory.known where address_id in (select id from directory.address where entry_id = '${id}')`,
    `select * from history.content where subject = 'entry:${id}'`,
    `select * from history.subject_key where subject = 'entry:${id}'`,
  ]
}

function address(entry: string, state: string): string {
  return `insert into directory.address (id, entry_id, state, channel, value, position, changed_at)
    values ('${newId()}', '${entry}', '${state}', 'phone', '+99900000000', 9, '2026-11-21T00:00:00Z')`
}

class Undone extends Error {}

/** How many rows a statement wrote or read as somebody, none where it may not; nothing of it stays. */
async function rows(acting: Acting, statement: string): Promise<number> {
  let count = 0
  const attempt = world.directory.database.transaction(acting, async (tx) => {
    const result = await sql.raw(statement).execute(tx)
    count = Math.max(Number(result.numAffectedRows ?? 0), result.rows.length)
    throw new Undone()
  })
  await attempt.catch((fault: unknown) => {
    const denied = fault instanceof Error && /permission denied|row-level security/.test(fault.message)
    if (!denied && !(fault instanceof Undone)) throw fault
  })
  return count
}

test.each(strangers)(
  'SQL as $role of "$state" neither writes another State’s entry nor reads what is its own',
  async (acting) => {
    for (const statement of [...writings(theirs.id), ...readings(theirs.id)])
      expect([statement, await rows(acting, statement)]).toEqual([statement, 0])
  },
)

test('the same SQL works for the State itself, but for the month and for addresses in another’s name', async () => {
  const own = { role: 'participant', state: sahiliya, account: newId() } as const
  const counts: number[] = []
  for (const statement of writings(theirs.id)) counts.push(Math.min(1, await rows(own, statement)))
  expect(counts).toEqual([1, 1, 1, 0, 1, 1, 1, 0, 0])
  for (const statement of readings(theirs.id)) expect(await rows(own, statement)).toBeGreaterThan(0)
})

test('the State itself reads what is known of its addresses; another sees the card without it', async () => {
  const own = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  expect((await own.get(`/en/entries/${theirs.id}`)).text).toContain('What is known of each address')
  const other = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  expect((await other.get(`/en/entries/${theirs.id}`)).text).not.toContain('What is known of each address')
})

test('users of a State that does not take part read no entry, and neither does a stranger', async () => {
  const outside = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XC') })
  for (const path of ['/en/find', '/en/find/XA', `/en/entries/${theirs.id}`]) {
    const page = await outside.get(path)
    expect([403, 404]).toContain(page.status)
    expect(page.text).not.toContain('Sahiliya Team')
    const stranger = await (await world.visitor()).get(path)
    expect(stranger.status).toBe(303)
  }
})

test('RULE-12: looking at another State’s entries leaves no trace in any table; RULE-9: the manager’s look does', async () => {
  const looker = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
  const paths = [
    '/en/find',
    '/ar/find?q=sahi',
    '/en/find/XA',
    `/en/entries/${theirs.id}`,
    '/en/find/XA?kind=diplomatic',
    `/en/counterparts?cards=${theirs.id}&q=sahi`,
  ]
  const before = await digest()
  for (const path of paths) expect((await looker.get(path)).status).toBe(200)
  expect(await digest()).toEqual(before)
  expect(before.size).toBeGreaterThan(15)

  const manager = await world.visitor({ role: 'manager' })
  const signedInBefore = await digest()
  await manager.get(`/en/entries/${theirs.id}`)
  expect(await digest()).not.toEqual(signedInBefore)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get('/en/our-state')).text).toMatch(/Directory manager:\s+A contact card was opened/)
})

/**
 * What every table holds, as far as the worker or the manager may read it; without the count of cards by person and
 * hour, which names no entry (POC-13: a test of its own says so).
 */
async function digest(): Promise<ReadonlyMap<string, string>> {
  const { database } = world.directory
  const tables = await database.transaction({ role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ name: string }>`select schemaname || '.' || quote_ident(tablename) as name
      from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(tx)
    return rows.map(({ name }) => name).filter((name) => name !== 'directory.cards_opened')
  })
  const found = new Map<string, string>()
  for (const table of tables) {
    for (const role of ['worker', 'manager'] as const) {
      const text = await database
        .transaction({ role }, async (tx) => {
          const { rows } = await sql<{ all: string }>`select count(*) || ' ' ||
            coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as all
            from ${sql.raw(table)} t`.execute(tx)
          return rows[0]?.all
        })
        .catch(() => undefined)
      if (text !== undefined) found.set(`${table} ${role}`, text)
    }
  }
  return found
}

test('a State’s own system, which acts without a person, reads entries and writes none', async () => {
  const system = { role: 'participant', state: sahiliya } as const
  for (const statement of writings(theirs.id))
    expect([statement, await rows(system, statement)]).toEqual([statement, 0])
  expect(await rows(system, `select * from directory.entry where id = '${theirs.id}'`)).toBe(1)
})
