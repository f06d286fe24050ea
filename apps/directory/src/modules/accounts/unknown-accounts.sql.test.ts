import { argon2Verify } from 'hash-wasm'
import type { KyselyPlugin } from 'kysely'
import { minute, newId } from '@parley/kernel'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { nextCode, password, personWithPassword, stateOf } from '../../../test/people.ts'
import { openEngine, openWorld, type World } from '../../../test/world.ts'
import type { Engine } from '../../platform/database/database.ts'
import { openLog } from '../../platform/telemetry/log.ts'
import { admitPerson } from './admit-person.ts'
import type { Holding } from './holding.ts'
import { suspend } from './suspend.ts'
import type { AccountsTables } from './tables.ts'

// What a password costs is counted here, not done: a thousand times it would take minutes.
vi.mock('hash-wasm', () => ({
  argon2id: async ({ password: typed }: { password: string }) => `hash of ${typed}`,
  argon2Verify: vi.fn<(asked: { password: string; hash: string }) => Promise<boolean>>(
    async ({ password: typed, hash }) => hash === `hash of ${typed}`,
  ),
}))

const technical: Holding = { role: 'poc', kind: 'technical', state: stateOf('XA') }
const wrong = 'not this one, not at all'

let world: World
/** Every statement, with places for its values. */
const statements: string[] = []
const log: string[] = []
const logged = { write: (line: string) => void log.push(line) }
beforeAll(async () => {
  world = await openWorld({ engine: overheard(await openEngine()), log: openLog('info', logged) })
  await world.participate(stateOf('XA'))
})
beforeEach(() => {
  // What an earlier test tried is no longer counted.
  world.clock.advance(16 * minute)
  log.length = 0
})
afterAll(() => world.close())

function overheard(engine: Engine): Engine {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements.push(JSON.stringify(node, (_, part: unknown) => (isValue(part) ? '?' : part)))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { ...engine, queries: engine.queries.withPlugin(plugin) }
}

function isValue(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'ValueNode'
}

/** What somebody sees and could measure of one try: the page, the statements, the work on passwords. */
async function measure(typed: { readonly email: string; readonly password: string; readonly code: string }) {
  const visitor = await world.visitor()
  statements.length = 0
  vi.mocked(argon2Verify).mockClear()
  const { status, text } = await visitor.post('/en/sign-in', typed)
  const page = text
    .replace(/data-options="[^"]*"/, '')
    .replaceAll(typed.email, '')
    .replaceAll(typed.code, '')
  return { status, page, statements: [...statements], hashes: vi.mocked(argon2Verify).mock.calls.length }
}

function inDatabase(work: Parameters<World['directory']['database']['transaction']>[1]): Promise<unknown> {
  return world.directory.database.transaction({ role: 'worker' }, work)
}

test('POC-12: no account, a wrong password, a passkey only, a suspended and an ended account look and cost the same', async () => {
  const now = world.clock.now()
  await personWithPassword(world, 'known@sahiliya.example', technical)
  const suspended = await personWithPassword(world, 'suspended@sahiliya.example', technical)
  const ended = await personWithPassword(world, 'ended@sahiliya.example', technical)
  const actor = { role: 'duty', duty: 'test' } as const
  await inDatabase(async (tx) => {
    await suspend(
      { tx, now, actor },
      { account: suspended.account },
      { reason: 'A stolen telephone', hours: 72 },
    )
    const accounts = tx.withTables<AccountsTables>()
    await accounts
      .updateTable('accounts.account')
      .set({ ended_at: now })
      .where('id', '=', ended.account)
      .execute()
    const person = { name: 'With a passkey', email: 'passkey@sahiliya.example', language: 'en' } as const
    const { account } = await admitPerson(tx, now, person, technical)
    const passkey = { id: newId(), public_key: '', counter: 0, transports: [], last_used_at: null }
    await accounts
      .insertInto('accounts.passkey')
      .values({ ...passkey, account_id: account, created_at: now })
      .execute()
  })
  const code = nextCode(world)
  const unknown = await measure({ email: 'nobody@sahiliya.example', password: wrong, code })
  expect(unknown.status).toBe(403)
  expect(unknown.hashes).toBe(1)
  expect(unknown.statements.length).toBeGreaterThan(2)
  for (const typed of [
    { email: 'known@sahiliya.example', password: wrong, code },
    { email: 'known@sahiliya.example', password, code: '123456' },
    { email: 'known@sahiliya.example', password: '', code },
    { email: 'passkey@sahiliya.example', password, code },
    { email: 'suspended@sahiliya.example', password: wrong, code },
    { email: 'ended@sahiliya.example', password, code },
    { email: 'no address at all', password, code },
  ])
    expect({ of: typed.email, ...(await measure(typed)) }).toEqual({ of: typed.email, ...unknown })
})

test('POC-12: 300 people of one ministry, behind one address, sign in on the day of a round', async () => {
  const people = Array.from({ length: 300 }, (_, number) => `person-${number}@ministry.sahiliya.example`)
  for (const email of people) await personWithPassword(world, email, technical)
  const code = nextCode(world)
  const statuses = new Map<string, number>()
  const count = (step: string, status: number) =>
    statuses.set(`${step} ${status}`, (statuses.get(`${step} ${status}`) ?? 0) + 1)
  for (const email of people) {
    const visitor = await world.visitor()
    count('mistyped', (await visitor.post('/en/sign-in', { email, password: wrong, code })).status)
    count('signed in', (await visitor.post('/en/sign-in', { email, password, code })).status)
    count('forgot a digit', (await visitor.post('/en/prove', { password, code: '12345' })).status)
    count('found', (await visitor.get('/en/find')).status)
  }
  expect(Object.fromEntries(statuses)).toEqual({
    'mistyped 403': 300,
    'signed in 303': 300,
    'forgot a digit 403': 300,
    'found 200': 300,
  })
}, 120_000)

test('guessing behind one address stops after 600 tries that fail, however often somebody there signs in', async () => {
  const visitor = await world.visitor()
  await personWithPassword(world, 'insider@sahiliya.example', technical)
  const statuses = new Map<number, number>()
  for (let tries = 0; tries < 620; tries += 1) {
    if (tries % 100 === 50) {
      const own = { email: 'insider@sahiliya.example', password, code: nextCode(world) }
      expect((await (await world.visitor()).post('/en/sign-in', own)).status).toBe(303)
    }
    const guess = { email: `guess-${tries}@sahiliya.example`, password: wrong, code: '123456' }
    const { status } = await visitor.post('/en/sign-in', guess)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect([...statuses]).toEqual([
    [403, 600],
    [429, 20],
  ])
}, 120_000)

test('RULE-1: each try to sign in is a line of the log with method and outcome, and names nobody', async () => {
  const email = 'logged@sahiliya.example'
  const { account } = await personWithPassword(world, email, technical)
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password: wrong, code: '123456' })
  await visitor.post('/en/sign-in', { email: 'nobody@sahiliya.example', password: wrong, code: '123456' })
  await visitor.post('/en/sign-in/passkey', { answer: '{}' })
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  const written: { account: string; outcome: string; method: string; requestId: string }[] = log
    .filter((line) => line.includes('"msg":"sign-in"'))
    .map((line) => JSON.parse(line))
  const digest = world.keys.digest('logged-account', account)
  expect(written.map(({ account: whose, outcome, method }) => [whose, outcome, method])).toEqual([
    [digest, 'failed', 'password'],
    ['unknown', 'failed', 'password'],
    ['unknown', 'failed', 'passkey'],
    [digest, 'done', 'password'],
  ])
  const whole = log.join()
  for (const secret of [email, 'nobody@', account, wrong, password]) expect(whole).not.toContain(secret)
})
