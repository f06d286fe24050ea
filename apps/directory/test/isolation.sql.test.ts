import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Acting } from '../src/platform/database/acting.ts'
import type { Engine } from '../src/platform/database/database.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { stateCode } from './nominate.ts'
import { adds, listTables, readAs, rowsOfOneState, touched, undone } from './row-probe.ts'
import { openEngine, type Visitor, type World } from './world.ts'

interface StatesCase {
  readonly kind: 'of a State' | 'shown to all States'
  /** The State of a row `t`. */
  readonly of: string
}

interface NobodysCase {
  readonly kind: 'of nobody'
  /** Who reads them besides the manager and the worker. */
  readonly readers: readonly Acting['role'][]
  readonly because: string
}

/** Whose the rows of a table are. */
type Case = StatesCase | NobodysCase

const ofState: Case = { kind: 'of a State', of: 't.state' }
const shown: Case = { kind: 'shown to all States', of: 't.state' }
const ofAccount = (column: string): Case => ({
  kind: 'of a State',
  of: `(select holding.state from accounts.holding where holding.account_id = ${column} limit 1)`,
})
const inside = (because: string): Case => ({ kind: 'of nobody', readers: [], because })

const cases: Readonly<Record<string, Case>> = {
  'accounts.account': ofAccount('t.id'),
  'accounts.holding': ofState,
  'accounts.invitation': ofState,
  'accounts.one_time_code': ofAccount('t.account_id'),
  'accounts.passkey': ofAccount('t.account_id'),
  'accounts.password': ofAccount('t.account_id'),
  'accounts.session': ofState,
  'accounts.spent_ticket': inside('digests of tickets that were used'),
  'checks.attempt': ofState,
  'checks.call': ofState,
  'checks.check': ofState,
  'checks.follow_up': ofState,
  'checks.message': ofState,
  'checks.received': inside('verdicts on mail, read by the intake alone'),
  'checks.round': { kind: 'of nobody', readers: ['participant'], because: 'the dates of rounds' },
  'community.access_request': ofState,
  'community.competent_authority': ofState,
  'community.mission': ofState,
  'community.participation': shown,
  'directory.address': shown,
  'directory.entry': shown,
  'directory.known': ofState,
  'directory.last_answered': shown,
  'directory.withdrawn_entry': ofState,
  'history.act': ofState,
  'history.checkpoint': {
    kind: 'of nobody',
    readers: ['participant', 'public'],
    because: 'anybody may keep it',
  },
  'history.content': ofState,
  'history.pending': inside('numbers of acts that wait for the sealer'),
  'history.seal': { kind: 'of nobody', readers: ['participant'], because: 'hashes, for verifying' },
  'history.subject_key': ofState,
  'outbox.delivery': inside('the relay alone hears of events'),
  'platform.setting': inside('what this database is'),
}

/** The owner's note of what ran; the program reads it at its start, before there are roles. */
const withoutPolicies = ['platform.migration']
/** Where anybody lays something down that only the program takes up. */
const anybodyAdds = ['outbox.delivery', 'history.pending', 'accounts.spent_ticket']

let engine: Engine
let world: World
beforeAll(async () => {
  engine = await openEngine()
  world = await openDemonstrationWorld({ engine })
  await fill()
}, 120_000)
afterAll(() => world?.close())

test('every table has row-level security, enabled and forced, a policy, and a case in this test', async () => {
  expect(await findUnsafe()).toEqual(withoutPolicies)
  expect((await listTables(world.directory.database)).map(({ name }) => name)).toEqual(
    [...Object.keys(cases), ...withoutPolicies].sort(),
  )
})

test.each(Object.keys(cases))('%s is kept apart', async (name) => {
  expect(await problemsOf(name)).toEqual([])
})

test.each([undefined, 'a key that nobody was given'])(
  'to the public with the key %s nothing comes but what is for everybody',
  async (key) => {
    const read: string[] = []
    for (const name of Object.keys(cases))
      if ((await readAs(world.directory.database, name, { role: 'public', key })).length > 0) read.push(name)
    expect(read).toEqual(['community.participation', 'history.checkpoint'])
  },
)

test.each([
  ['create table directory.planted (state text)', 'drop table directory.planted'],
  [
    'alter table checks.check no force row level security',
    'alter table checks.check force row level security',
  ],
])('planted: %s makes a table unsafe', async (plant, undo) => {
  await engine.asOwner((execute) => execute(plant))
  const unsafe = await findUnsafe()
  await engine.asOwner((execute) => execute(undo))
  expect(unsafe.length).toBe(withoutPolicies.length + 1)
})

test.each([
  ['checks.check', 'for select to parley_participant using (true)', 'another State reads'],
  ['checks.follow_up', 'for update to parley_participant using (true)', 'another State can update'],
  ['directory.entry', 'for delete to parley_participant using (true)', 'another State can delete'],
  ['directory.address', 'for insert to parley_participant with check (true)', 'another State can add'],
  ['history.act', 'for select to parley_participant using (true)', 'read without a State'],
  ['checks.received', 'for select to parley_public using (true)', 'read by public'],
])('planted: a policy on %s %s is found', async (name, policy, problem) => {
  const grant = `grant select on ${name} to parley_public`
  await engine.asOwner((execute) => execute(`create policy planted on ${name} ${policy}; ${grant}`))
  const problems = await problemsOf(name)
  await engine.asOwner((execute) =>
    execute(`drop policy planted on ${name}; revoke select on ${name} from parley_public`),
  )
  expect(problems).toContainEqual(expect.stringContaining(problem))
})

/** What a State or a stranger can do with this table's rows though they are not theirs. */
async function problemsOf(name: string): Promise<readonly string[]> {
  const found = cases[name]
  if (!found) throw new Error(`no case for ${name}`)
  return found.kind === 'of nobody' ? problemsOfNobodys(name, found.readers) : problemsOfStates(name, found)
}

async function problemsOfStates(name: string, { kind, of }: StatesCase): Promise<readonly string[]> {
  const rows = await rowsOfOneState(world.directory.database, name, of)
  const other = await actingFor(rows.state === 'XA' ? 'XB' : 'XA')
  const owner = await actingFor(rows.state)
  const sees = async (acting: Acting) =>
    (await readAs(world.directory.database, name, acting)).some((row) => rows.texts.has(row))
  const problems: string[] = []
  if (!(await sees(owner))) problems.push('its own State does not read it')
  if (kind === 'of a State' && (await sees(other))) problems.push('another State reads it')
  if (kind === 'of a State' && (await sees({ role: 'participant' }))) problems.push('read without a State')
  if (kind === 'shown to all States' && !(await sees(other))) problems.push('other States do not read it')
  for (const acting of [other, { role: 'participant' }, { role: 'public' }] as const) {
    const who = acting === other ? 'another State' : acting.role
    if (await adds(world.directory.database, name, acting, rows.first)) problems.push(`${who} can add one`)
    for (const how of ['update', 'delete'] as const)
      if ((await touched(world.directory.database, name, of, acting, how)).includes(rows.state))
        problems.push(`${who} can ${how} one`)
  }
  return problems
}

async function problemsOfNobodys(
  name: string,
  readers: readonly Acting['role'][],
): Promise<readonly string[]> {
  const [first] = await readAs(world.directory.database, name, { role: 'worker' })
  if (first === undefined) throw new Error(`${name} is empty: nothing would be tried`)
  const problems: string[] = []
  for (const acting of [await actingFor('XA'), { role: 'public' }] as const) {
    const who = acting.role
    const isRead = (await readAs(world.directory.database, name, acting)).length > 0
    if (isRead !== readers.includes(who)) problems.push(isRead ? `read by ${who}` : `not read by ${who}`)
    if (!anybodyAdds.includes(name) && (await adds(world.directory.database, name, acting, first)))
      problems.push(`${who} can add one`)
    for (const how of ['update', 'delete'] as const)
      if ((await touched(world.directory.database, name, "'nobody'", acting, how)).length > 0)
        problems.push(`${who} can ${how} one`)
  }
  return problems
}

/** A user of a State: its Mission's. */
async function actingFor(state: string): Promise<Acting> {
  return { role: 'participant', state: stateCode(state), account: await missionAccount(state) }
}

async function missionAccount(state: string): Promise<string> {
  return undone(world.directory.database, { role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select account_id as id from accounts.holding where state = ${state} and role = 'mission' limit 1`.execute(
      tx,
    )
    const [account] = rows
    if (!account) throw new Error(`${state} has no user`)
    return account.id
  })
}

async function findUnsafe(): Promise<readonly string[]> {
  return (await listTables(world.directory.database)).filter(({ safe }) => !safe).map(({ name }) => name)
}

/** What the demonstration's past leaves out, so that every table holds something. */
async function fill(): Promise<void> {
  const { database } = world.directory
  const manager = await world.visitor({ role: 'manager' })
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  const on = { receivedOn: '2026-01-05', onDate: '2026-11-20' }
  await manager.post('/en/states/XZ/access-request', {
    ...on,
    reference: 'NV/2026/17',
    email: 'mission@costazul.example',
    telephone: '+9991234567',
    language: 'es',
  })
  const invited = { name: 'Noor Example', email: 'noor@sahiliya.example', role: 'technical', language: 'ar' }
  await mission.post('/en/our-users', invited)
  const followUp = await linkOn(manager, '/en/follow-ups', /\/en\/follow-ups\/[0-9a-f-]{36}/)
  await manager.post(followUp, { ...on, authority: 'mission', channel: 'email', outcome: 'reached' })
  const round = await manager.post('/en/rounds', { confirmed: 'yes' })
  const sheet = `${round.location}/calls`
  const check = (await linkOn(manager, sheet, /name="check" value="[0-9a-f-]{36}/)).slice(-36)
  await manager.post(sheet, { check, outcome: 'no-answer' })
  const entry = await linkOn(mission, '/en/find/XA', /\/en\/entries\/[0-9a-f-]{36}/)
  await mission.post(`${entry}/withdraw`)
  await world.work('checkpoint-history', 'seal-history')
  const account = await missionAccount('XA')
  await database.transaction({ role: 'worker' }, async (tx) => {
    const { now } = world.clock
    await sql`insert into accounts.passkey (id, account_id, public_key, counter, created_at)
      values ('a credential', ${account}, 'a key', 0, ${now()})`.execute(tx)
    await sql`insert into accounts.password values (${account}, 'a hash', 'a secret', 0)`.execute(tx)
    await sql`insert into accounts.one_time_code (digest, account_id) values ('a digest', ${account})`.execute(
      tx,
    )
    await sql`insert into accounts.spent_ticket values ('a digest', ${now()})`.execute(tx)
  })
}

async function linkOn(visitor: Visitor, path: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec((await visitor.get(path)).text)?.[0]
  if (found === undefined) throw new Error(`nothing like ${pattern} on ${path}`)
  return found
}
