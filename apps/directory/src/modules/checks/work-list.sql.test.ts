import { hour, parseId, second, type StateCode } from '@parley/kernel'
import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, openWorld, type Visitor, type World } from '../../../test/world.ts'
import { known, listRounds } from './store.ts'
import type { CheckId } from './domain/check.ts'
import { largeRound, openKeptFigures } from './kept-figures.ts'
import { countRound, listNeedingHand, worksPerPage } from './round-figures.ts'
import { lookAt } from './show-figures.ts'

// On PostgreSQL as many checks as a registry may have; on the embedded database enough to turn pages.
const checks = process.env['PARLEY_TEST_ENGINE'] === 'postgres' ? 100_000 : 600

let world: World
let manager: Visitor
let path: string
let statements = 0
beforeAll(async () => {
  const engine = await openEngine()
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  world = await openWorld({ engine: { ...engine, queries: engine.queries.withPlugin(counting) } })
  manager = await world.visitor({ role: 'manager' })
  const codes = world.community.states.map(({ code }) => code)
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    writeRound(tx, codes, world.clock.now()),
  )
  const [round] = await world.directory.database.transaction({ role: 'manager' }, listRounds)
  path = `/en/rounds/${known(round).id}`
}, 120_000)
afterAll(() => world?.close())

/** A large running round, made by the database: nine in ten of its checks were sent, six answered. */
async function writeRound(
  tx: Parameters<typeof listRounds>[0],
  codes: readonly StateCode[],
  now: Date,
): Promise<void> {
  await sql`
    insert into checks.round (id, number, status, started_at, started_by, answer_within_hours, remind_after_hours)
    values (gen_random_uuid(), 1, 'running', ${new Date(now.getTime() - 10 * hour)}, 'test', 48, 24)`.execute(
    tx,
  )
  await sql`
    insert into checks.check (id, round_id, state, entry_id, kind, language, status, reachable_by, clock_started_at, answered_at, answered_by)
    select gen_random_uuid(), round.id, (${codes}::text[])[1 + n % ${codes.length}::int], gen_random_uuid(),
      case when n % 2 = 0 then 'diplomatic' else 'technical' end, 'en',
      case when n % 10 < 6 then 'answered' when n % 100 = 99 then 'undeliverable' else 'waiting' end, 'email',
      case when n % 10 < 9 then round.started_at end,
      case when n % 10 < 6 then round.started_at + n % 500 * interval '1 minute' end,
      case when n % 10 < 6 then 'button' end
    from checks.round, generate_series(1, ${checks}::int) as n`.execute(tx)
  await sql`
    insert into checks.message (id, check_id, round_id, state, address_id, address, code_digest, status, queued_at, due_at, sent_at)
    select gen_random_uuid(), id, round_id, state, gen_random_uuid(), 'desk@office.example', id::text,
      case when clock_started_at is null then 'queued' when status = 'answered' then 'delivered' else 'sent' end,
      ${now}, ${now}, clock_started_at
    from checks.check`.execute(tx)
}

test('the figures of the control room add up, counted by the database and not check by check', async () => {
  const { database } = world.directory
  const [round] = await database.transaction({ role: 'manager' }, listRounds)
  const count = () => database.transaction({ role: 'manager' }, (tx) => countRound(tx, known(round)))
  const counted = await count()
  expect(counted.answered + counted.waiting + counted.undeliverable).toBe(checks)
  expect(counted.sent + counted.toSend).toBe(checks)
  expect(counted.delivered).toBe(counted.answered)
  expect(counted.byState.reduce((all, each) => all + each.checks, 0)).toBe(checks)
  const began = performance.now()
  const before = statements
  await count()
  // What this took on one machine says nothing of another: what is held is that nothing is read check by check.
  process.stdout.write(`figures of ${checks} checks: ${(performance.now() - began).toFixed(0)} ms\n`)
  expect(statements - before).toBeLessThan(10)
})

test('whoever looks at a large round again waits for no count: the next figures are there at the look after', async () => {
  const { database } = world.directory
  const round = known((await database.transaction({ role: 'manager' }, listRounds))[0])
  const counts: Promise<unknown>[] = []
  const kept = openKeptFigures((of) => {
    const counting = database.transaction({ role: 'manager' }, (tx) => countRound(tx, of))
    counts.push(counting)
    return counting
  })
  const lookAfter = async (seconds: number) => {
    const began = performance.now()
    const now = new Date(world.clock.now().getTime() + seconds * second)
    const { at, figures } = await database.transaction({ role: 'manager' }, (tx) =>
      lookAt(tx, kept, round, now, 5 * second),
    )
    return { figures, as: at.getTime() - world.clock.now().getTime(), took: performance.now() - began }
  }
  const first = await lookAfter(0)
  const took: number[] = []
  for (let seconds = 6; seconds <= 48; seconds += 6) {
    const next = await lookAfter(seconds)
    await Promise.all(counts)
    expect(next.as).toBe(checks >= largeRound ? (seconds - 6) * second : seconds * second)
    expect(next.figures).toEqual(first.figures)
    took.push(next.took)
  }
  expect(counts.length).toBe(checks >= largeRound ? 8 : 0)
  const median = took.toSorted((one, other) => one - other)[4] ?? 0
  process.stdout.write(
    `a look at ${checks} checks: ${median.toFixed(0)} ms, the first ${first.took.toFixed(0)} ms\n`,
  )
})

test('the list to work through turns pages without leaving one out or showing one twice', async () => {
  const status = checks > 10_000 ? 'undeliverable' : 'waiting'
  const { database } = world.directory
  const round = known((await database.transaction({ role: 'manager' }, listRounds))[0])
  const expected = await database.transaction({ role: 'manager' }, async (tx) => {
    const { rows } = await sql<{ state: string }>`
      select state from checks.check where status = ${status} order by state, kind, id`.execute(tx)
    return rows.map(({ state }) => state)
  })
  const shown: (string | undefined)[] = []
  const turned: CheckId[] = []
  let at: string | undefined = `${path}?status=${status}`
  while (at !== undefined && turned.length < 100) {
    const page: { readonly status: number; readonly text: string } = await manager.get(at)
    expect(page.status).toBe(200)
    shown.push(...[...page.text.matchAll(/href="\?state=([A-Z]{2})#work"/g)].map(([, state]) => state))
    at = /<a href="([^"]*after=[^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&')
    const last = parseId<'check'>(/after=([0-9a-f-]{36})/.exec(at ?? '')?.[1] ?? '')
    if (last) turned.push(last)
  }
  expect(turned.length).toBe(Math.ceil(expected.length / worksPerPage) - 1)
  expect(turned.length).toBeGreaterThan(2)
  expect(shown).toEqual(expected)

  const pages = await database.transaction({ role: 'manager' }, async (tx) => {
    const listed: CheckId[] = []
    for (const after of [undefined, ...turned]) {
      const works = await listNeedingHand(tx, round, { status, after })
      listed.push(...works.slice(0, worksPerPage).map(({ id }) => id))
    }
    return listed
  })
  expect(new Set(pages).size).toBe(expected.length)
})

test('the list to work through is narrowed down to one State, in a box that keeps what was chosen', async () => {
  const all = await manager.get(`${path}?status=waiting`)
  expect(all.text).toMatch(/<select\s+id="state"/)
  const { text } = await manager.get(`${path}?status=waiting&state=FR`)
  expect(text).toMatch(/<option value="FR"\s+selected/)
  const states = [...text.matchAll(/href="\?state=([A-Z]{2})#work"/g)].map(([, state]) => state)
  expect(new Set(states)).toEqual(new Set(['FR']))
  // Of another group than France: both boxes hold.
  const elsewhere = world.community.profile.groups.find(
    ({ id }) => id !== world.community.findState('FR')?.group,
  )
  const none = await manager.get(`${path}?status=waiting&state=FR&group=${elsewhere?.id}`)
  expect(none.text).not.toContain('href="?state=')
})

test.each([
  "status='",
  'kind=<script>',
  'group=%00',
  'state=ZZZ',
  'after=0',
  'after=00000000-0000-0000-0000-000000000000',
])('a filter that nobody offered asks for nothing: %s', async (query) => {
  const page = await manager.get(`${path}?${query}`)
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('<script>')
})
