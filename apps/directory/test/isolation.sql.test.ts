import { after, hour, newId, parseId } from '@parley/kernel'
import { sql } from 'kysely'
import { format } from 'prettier'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Acting } from '../src/platform/database/acting.ts'
import type { Engine } from '../src/platform/database/database.ts'
import { reportConditions } from '../src/platform/telemetry/conditions.ts'
import { eraseSubject } from '../src/platform/history/erase.ts'
import { type Actor, actingOf } from '../src/platform/session/actor.ts'
import { everyone } from '../src/platform/session/authority.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { certificate } from './key-examples.ts'
import { exampleStep, exampleSymbol, keepExamples } from './library-example.ts'
import { stateCode } from './nominate.ts'
import { pressStart } from './start-round.ts'
import { adds, listTables, reaches, readAs, rowsOfOneState, undone } from './row-probe.ts'
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

const ofEverybody: Case = {
  kind: 'of nobody',
  readers: ['participant', 'public'],
  because: 'documents of the community are public (OEW-12)',
}

const cases: Readonly<Record<string, Case>> = {
  'accounts.account': ofAccount('t.id'),
  'accounts.holding': ofState,
  'accounts.invitation': ofState,
  'accounts.kept_form': inside('sealed for one browser, taken up by whoever holds its key'),
  'accounts.one_time_code': ofAccount('t.account_id'),
  'accounts.passkey': ofAccount('t.account_id'),
  'accounts.password': ofAccount('t.account_id'),
  'accounts.session': ofState,
  'accounts.still_here': ofState,
  'accounts.suspension': ofAccount('t.account_id'),
  'accounts.spent_ticket': inside('digests of tickets that were used'),
  'checks.attempt': ofState,
  'checks.call': ofState,
  'checks.check': ofState,
  'checks.follow_up': ofState,
  'checks.intake': inside('how many mails wait to be read'),
  'checks.message': ofState,
  'checks.plan': {
    kind: 'of nobody',
    readers: ['participant', 'public'],
    because: 'the date of the next round',
  },
  'checks.received': inside('verdicts on mail, read by the intake alone'),
  'checks.report': inside('what the directory was when a round closed, for the manager'),
  'checks.totals': {
    kind: 'of nobody',
    readers: ['participant'],
    because: 'totals of a round, which name nobody (RULE-3)',
  },
  'checks.round': { kind: 'of nobody', readers: ['participant', 'public'], because: 'the dates of rounds' },
  'community.access_request': ofState,
  'community.competent_authority': shown,
  'community.decision': ofState,
  'community.frozen': shown,
  'community.mission': ofState,
  'community.participation': shown,
  'directory.allowed_export': inside('what a second manager allowed one to take, once'),
  'directory.address': shown,
  'directory.contact_change': ofState,
  'directory.delegation': ofState,
  'directory.card_views': ofState,
  'directory.cards_opened': inside('how many cards a person opened in an hour, for the limit alone'),
  'directory.entry': shown,
  'directory.gone_entry': shown,
  'directory.known': ofState,
  'directory.list_right': ofState,
  'directory.key': shown,
  'directory.last_answered': shown,
  'directory.offer': ofState,
  'directory.proposal': ofState,
  'directory.shown_former': shown,
  'directory.told_person': inside('keyed digests of persons who were told, for the letters alone'),
  'directory.unanswered_address': shown,
  'directory.unasked_mail': inside('keyed digests of addresses that were written to, for the letters alone'),
  'directory.verification': ofState,
  'directory.withdrawn_entry': ofState,
  'dual_control.own_rule': ofState,
  // Those of managers among themselves are no State's, also where they are about one.
  'dual_control.request': { kind: 'of a State', of: "case when t.whose = 'state' then t.state end" },
  'dual_control.switch': inside('whether dual control is on'),
  'history.act': ofState,
  'history.checkpoint': {
    kind: 'of nobody',
    readers: ['participant', 'public'],
    because: 'anybody may keep it',
  },
  'history.content': ofState,
  'history.erasure': inside('numbers of what was erased'),
  'history.pending': inside('numbers of acts that wait for the sealer'),
  'history.seal': { kind: 'of nobody', readers: ['participant'], because: 'hashes, for verifying' },
  'history.subject_key': ofState,
  'library.annotation': ofEverybody,
  'library.carried_step': ofEverybody,
  'library.citation': ofEverybody,
  'library.document': ofEverybody,
  'library.node': ofEverybody,
  'library.step': ofEverybody,
  'library.step_state': ofEverybody,
  'library.waiting': inside('documents that wait until a manager has looked at them'),
  'library.passage': ofEverybody,
  'library.posting': ofEverybody,
  'outbox.delivery': inside('the relay alone hears of events'),
  'platform.condition': inside('what needs a hand in the operation'),
  'platform.duty_run': inside('when the periodic work was done'),
  'platform.setting': inside('what this database is'),
  'snapshot.key': {
    kind: 'of nobody',
    readers: ['participant', 'public'],
    because: 'public keys, for comparing',
  },
  'snapshot.issue': {
    kind: 'of nobody',
    readers: ['participant'],
    because: 'numbers and signatures of snapshots',
  },
  'snapshot.part': {
    kind: 'of nobody',
    readers: ['participant'],
    because: 'what lists of entries show to all States',
  },
  'tokens.token': ofState,
}

/** The owner's note of what ran; the program reads it at its start, before there are roles. */
const withoutPolicies = ['platform.migration']
/** Where somebody lays something down that only the program takes up, and nobody changes. */
const laidDown: Readonly<Record<string, readonly Acting['role'][]>> = {
  'accounts.spent_ticket': ['participant', 'public'],
  'history.pending': ['participant', 'public'],
  'outbox.delivery': ['participant', 'public'],
  // Whoever presents a code of a check acts in the matter of that check's State.
  'history.act': ['public'],
}

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
    const forEverybody = Object.entries(cases).filter(
      ([, each]) => each.kind === 'of nobody' && each.readers.includes('public'),
    )
    // Of participation the public reads since when, not who: that makes the total.
    expect(read.sort()).toEqual([...forEverybody.map(([name]) => name), 'community.participation'].sort())
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
  ['checks.check', 'for select to parley_participant using (true)', 'another State reads it'],
  ['checks.follow_up', 'for update to parley_participant using (true)', 'another State changes one'],
  ['directory.entry', 'for delete to parley_participant using (true)', 'another State removes one'],
  ['directory.address', 'for insert to parley_participant with check (true)', 'another State adds one'],
  ['history.act', 'for select to parley_participant using (true)', 'a user without a State reads it'],
  ['checks.received', 'for select to parley_public using (true)', 'a stranger reads it'],
])('planted: a policy on %s %s is found', async (name, policy, problem) => {
  const grant = `grant select on ${name} to parley_public`
  await engine.asOwner((execute) => execute(`create policy planted on ${name} ${policy}; ${grant}`))
  const problems = await problemsOf(name)
  await engine.asOwner((execute) =>
    execute(`drop policy planted on ${name}; revoke select on ${name} from parley_public`),
  )
  expect(problems).toContain(problem)
})

test('docs/authority-in-the-database.md says what the database lets each role do (vitest --update writes it anew)', async () => {
  const rows: string[] = []
  for (const [name, found] of Object.entries(cases)) {
    const cells: string[] = []
    for (const role of [...everyone, 'system', 'duty'] as const) cells.push(await cellOf(name, role, found))
    rows.push(`| \`${name}\` | ${cells.join(' | ')} |`)
  }
  const words = await format(handbook(rows), { parser: 'markdown', printWidth: 110 })
  await expect(words).toMatchFileSnapshot('../../../docs/authority-in-the-database.md')
}, 300_000)

function handbook(rows: readonly string[]): string {
  const columns = [...everyone, 'system', 'program']
  return `# What the database lets each role do

Row-level security by table and role, tried in SQL by a test that compares this file with what it found: r reads, a adds,
c changes, d deletes. Small letters: the own State's rows, or those of the own account. Capitals: any row. What is
empty is refused. The program asks more narrowly (\`authority.md\`); this is what holds where the program is wrong.

| table | ${columns.join(' | ')} |
| --- | ${columns.map(() => '---').join(' | ')} |
${rows.join('\n')}
`
}

/** Tried twice: in the matter of a State and account that have rows here, and of others that have none. */
async function cellOf(name: string, role: Actor['role'], found: Case): Promise<string> {
  const { database } = world.directory
  const of = found.kind === 'of nobody' ? undefined : await rowsOfOneState(database, name, found.of)
  const row = of?.first ?? (await readAs(database, name, { role: 'worker' }))[0] ?? '{}'
  const state = of?.state ?? 'XA'
  const foreign = actingOf(actorOf(role, 'FR', newId()))
  const own = actingOf(actorOf(role, state, await missionAccount(state)))
  const letters: string[] = []
  for (const [letter, may] of [
    ['r', async (acting: Acting) => (await readAs(database, name, acting)).length > 0],
    ['a', (acting: Acting) => adds(database, name, acting, row)],
    ['c', (acting: Acting) => reaches(database, name, acting, 'update')],
    ['d', (acting: Acting) => reaches(database, name, acting, 'delete')],
  ] as const) {
    if (await may(foreign)) letters.push(letter.toUpperCase())
    else if (await may(own)) letters.push(letter)
  }
  return letters.join(' ')
}

function actorOf(role: Actor['role'], code: string, id: string): Actor {
  const state = stateCode(code)
  const person = { account: parseId<'account'>(id) ?? newId<'account'>(), name: '' }
  const now = world.clock.now()
  const signedIn = { ...person, session: { digest: '', endsAt: now, provenAt: now } }
  switch (role) {
    case 'stranger':
      return { role }
    case 'duty':
      return { role, duty: 'isolation' }
    case 'system':
      return { role, token: newId<'token'>(), state, scopes: [] }
    case 'poc':
      return { role, kind: 'technical', state, ...signedIn }
    case 'mission':
    case 'contributor':
      return { role, state, ...signedIn }
    case 'regional':
    case 'stakeholder':
      return { role, organization: 'OSCE', ...signedIn }
    default:
      return { role, ...signedIn }
  }
}

/** What a State or a stranger can do with this table's rows though they are not theirs. */
async function problemsOf(name: string): Promise<readonly string[]> {
  const found = cases[name]
  if (!found) throw new Error(`no case for ${name}`)
  return found.kind === 'of nobody' ? problemsOfNobodys(name, found.readers) : problemsOfStates(name, found)
}

/** Users of a State that has nothing here, of none, and strangers: whatever they get is not theirs. */
const others: Readonly<Record<string, Acting>> = {
  'another State': { role: 'participant', state: stateCode('FR'), account: newId() },
  'a user without a State': { role: 'participant' },
  'a stranger': { role: 'public', key: 'a key that nobody was given' },
}

async function problemsOfStates(name: string, { kind, of }: StatesCase): Promise<readonly string[]> {
  const { database } = world.directory
  const rows = await rowsOfOneState(database, name, of)
  const sees = async (acting: Acting) =>
    (await readAs(database, name, acting)).some((row) => rows.texts.has(row))
  const owner: Acting = {
    role: 'participant',
    state: stateCode(rows.state),
    account: await missionAccount(rows.state),
  }
  const problems = (await sees(owner)) ? [] : ['its own State does not read it']
  for (const [who, acting] of Object.entries(others)) {
    const isShown = kind === 'shown to all States' && acting.role === 'participant'
    if ((await sees(acting)) !== isShown) problems.push(`${who} ${isShown ? 'does not read' : 'reads'} it`)
    problems.push(...(await changesBy(who, acting, name, rows.first)))
  }
  return problems
}

async function problemsOfNobodys(
  name: string,
  readers: readonly Acting['role'][],
): Promise<readonly string[]> {
  const { database } = world.directory
  const [first] = await readAs(database, name, { role: 'worker' })
  if (first === undefined) throw new Error(`${name} is empty: nothing would be tried`)
  const problems: string[] = []
  for (const [who, acting] of Object.entries(others)) {
    const isRead = (await readAs(database, name, acting)).length > 0
    if (isRead !== readers.includes(acting.role))
      problems.push(`${who} ${isRead ? 'reads' : 'does not read'} it`)
    problems.push(...(await changesBy(who, acting, name, first)))
  }
  return problems
}

async function changesBy(who: string, acting: Acting, name: string, row: string): Promise<readonly string[]> {
  const { database } = world.directory
  const problems: string[] = []
  const maySo = laidDown[name]?.includes(acting.role) ?? false
  if (!maySo && (await adds(database, name, acting, row))) problems.push(`${who} adds one`)
  if (await reaches(database, name, acting, 'update')) problems.push(`${who} changes one`)
  if (await reaches(database, name, acting, 'delete')) problems.push(`${who} removes one`)
  return problems
}

async function missionAccount(state: string): Promise<string> {
  return undone(world.directory.database, { role: 'worker' }, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select account_id as id from accounts.holding where state = ${state} and role = 'mission' limit 1`.execute(
      tx,
    )
    const [account] = rows
    return account?.id ?? newId()
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
  await world.work('read-mail', 'snapshot')
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
  const second = await world.visitor({ role: 'manager' })
  const frozen = await manager.post('/en/states/XB/freeze', { reason: 'Two authorities claim it' })
  await second.post(`${frozen.location}/approve`)
  const exported = await manager.post('/en/exports', { format: 'csv', reason: 'A report' })
  await second.post(`${exported.location}/approve`)
  await mission.post('/en/our-tokens', { name: 'Our system', scopes: 'entries:read', days: '30' })
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
  await reader.get(await linkOn(reader, '/en/find/XA', /\/en\/entries\/[0-9a-f-]{36}/))
  await world.work('add-card-views')
  const account = await missionAccount('XA')
  await mission.post('/en/our-state/list-right', { account, give: 'yes' })
  const followUp = await linkOn(manager, '/en/follow-ups', /\/en\/follow-ups\/[0-9a-f-]{36}/)
  await manager.post(followUp, { ...on, authority: 'mission', channel: 'email', outcome: 'reached' })
  const round = await pressStart(manager)
  const sheet = `${round.location}/calls`
  await manager.post(await linkOn(manager, sheet, /\/en\/rounds\/[^/"]+\/calls\/[0-9a-f-]{36}/), {
    outcome: 'no-answer',
  })
  await manager.post('/en/next-round/date', { on: '2031-05-17' })
  await keepExamples(world.directory.performer, world.clock.now())
  await manager.post(`/en/tracker/${exampleStep}`, { state: 'done', evidence: 'https://meetings.example/4' })
  await manager.post(`/ar/annotate/${exampleSymbol}/annex/12?in=ar`, { text: 'Misread', textLanguage: 'en' })
  await world.work('seal', 'checkpoint')
  await changeContact(mission)
  const delegates = (await mission.get('/en/our-delegates')).text
  const [, poc = ''] = /name="account" value="([^"]+)"/.exec(delegates) ?? []
  await mission.post('/en/our-delegates', { account: poc, what: 'given' })
  const entry = await linkOn(mission, '/en/find/XA', /\/en\/entries\/[0-9a-f-]{36}/)
  await mission.post(`${entry}/withdraw`)
  const neighbour = await world.visitor({ role: 'mission', state: stateCode('XC') })
  const keyed = await linkOn(neighbour, '/en/find/XC', /\/en\/entries\/[0-9a-f-]{36}/)
  await neighbour.post(`${keyed}/keys`, { smime: certificate })
  const brought = {
    state: 'XA',
    kind: 'technical',
    source: 'A list',
    file: 'entity_name,email_1\nNew,new@sahiliya.example',
  }
  await manager.post('/en/imports/take', { ...brought, record: '2' })
  await mission.post('/en/our-approvals/rule', { entries: 'yes' })
  await mission.post('/en/entries/new', {
    kind: 'technical',
    language: 'en',
    entityName: 'Asked for',
    email1: 'asked@sahiliya.example',
  })
  await database.transaction({ role: 'worker' }, async (tx) => {
    const { now } = world.clock
    await sql`insert into accounts.passkey (id, account_id, public_key, counter, created_at)
      values ('a credential', ${account}, 'a key', 0, ${now()})`.execute(tx)
    await sql`insert into accounts.password values (${account}, 'a hash', 'a secret', 0)`.execute(tx)
    await sql`insert into accounts.one_time_code (digest, account_id) values ('a digest', ${account})`.execute(
      tx,
    )
    await sql`insert into accounts.spent_ticket values ('a digest', ${now()})`.execute(tx)
    await sql`insert into accounts.still_here
      select id, state, ${now()}, null from accounts.holding where state = 'XA' limit 1`.execute(tx)
    await sql`insert into accounts.suspension (id, account_id, reason, by_name, began_at, until)
      values (${newId()}, ${account}, 'a reason', '', ${now()}, ${after(now(), hour)})`.execute(tx)
    await sql`insert into accounts.kept_form
      select digest, 'a digest', account_id, 'sealed', ${now()} from accounts.session limit 1`.execute(tx)
    await sql`insert into directory.offer values
      (${newId()}, 'OSCE', 'XA', 'technical', ${now()}, 'open', null, null)`.execute(tx)
    await eraseSubject(tx, 'entry:1')
    await reportConditions(tx, 'a machine', now(), ['disk-nearly-full'])
    await sql`insert into platform.duty_run values ('seal', 500, ${now()}, ${now()}, null)`.execute(tx)
  })
}

/** A new address that is written to, a former one that is warned, a person who is told. */
async function changeContact(mission: Visitor): Promise<void> {
  const saved = await mission.post('/en/entries/new', {
    kind: 'technical',
    language: 'en',
    entityName: 'A team',
    email1: 'first@sahiliya.example',
  })
  const entry = saved.location.replace(/\?.*/, '')
  await mission.post(`${entry}/change`, {
    version: '1',
    language: 'en',
    entityName: 'A team',
    email1: 'second@sahiliya.example',
    personName: 'A Person',
  })
  // The seed's own events stand before it in the outbox.
  for (let run = 0; run < 50; run += 1) await world.work('relay')
}

async function linkOn(visitor: Visitor, path: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec((await visitor.get(path)).text)?.[0]
  if (found === undefined) throw new Error(`nothing like ${pattern} on ${path}`)
  return found
}
