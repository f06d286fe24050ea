import { after, day, minute, newId } from '@parley/kernel'
import { composeMail, composeReply, type SendOutcome } from '@parley/mail'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRound } from '../../src/modules/checks/index.ts'
import { checkMoves, lastStartAfter, type RoundId } from '../../src/modules/checks/domain/check.ts'
import { correctRound } from '../../src/modules/checks/correct-round.ts'
import { pauseRound, resumeRound, stopRound } from '../../src/modules/checks/steer-round.ts'
import { checksTables, toCheck, toRound } from '../../src/modules/checks/store.ts'
import { changeEntry } from '../../src/modules/directory/change-entry.ts'
import { findEntry } from '../../src/modules/directory/store/entries.ts'
import { withdrawEntry } from '../../src/modules/directory/withdraw-entry.ts'
import { asDuty } from '../../src/platform/action.ts'
import { email, missionOf, nominate, phone, stateCode } from '../nominate.ts'
import { openEngine, openWorld, type World } from '../world.ts'
import { type CrashingEngine, openCrashingEngine } from './crashing-engine.ts'
import { reportOf } from './report-of.ts'

// One Directory, a new round for every order of events. To repeat one: PARLEY_TEST_SEED=<seed>.

const seed = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 2 ** 31)
const bound = 600_000

const outcomes: readonly SendOutcome[] = [
  { kind: 'accepted' },
  { kind: 'accepted' },
  { kind: 'later', status: '4.2.1', cause: 'theirs' },
  { kind: 'later', status: '4.4.1', cause: 'ours' },
  { kind: 'refused', status: '5.1.1', cause: 'dead-address' },
  { kind: 'refused', status: '5.2.2', cause: 'mailbox-full' },
  { kind: 'refused', status: '5.7.1', cause: 'ours' },
]
const reports = ['failed 5.1.1', 'failed 5.2.2', 'failed 5.7.1', 'delayed 4.4.1', 'delivered 2.0.0'] as const

const at = fc.nat({ max: 7 })
const send = fc.record({
  kind: fc.constant('send'),
  relay: fc.array(fc.nat({ max: outcomes.length - 1 }), { minLength: 1 }),
})
const event = fc.oneof(
  fc.record({ kind: fc.constant('wait'), for: fc.integer({ min: minute, max: 2 * day }) }),
  send,
  send,
  fc.record({ kind: fc.constant('crash'), statements: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('report'), at, says: fc.constantFrom(...reports) }),
  fc.record({ kind: fc.constantFrom('press', 'reply', 'withdraw', 'change', 'verify'), at }),
  fc.record({
    kind: fc.constantFrom('press', 'reply', 'verify'),
    at,
    until: fc.integer({ min: 0, max: 14 }),
  }),
  fc.record({ kind: fc.constantFrom('close', 'pause', 'resume', 'stop', 'correct') }),
)
type Event = Parameters<Parameters<typeof event.map>[0]>[0]

let engine: CrashingEngine
let world: World

beforeAll(async () => {
  engine = openCrashingEngine(await openEngine())
  world = await openWorld({ engine })
  await world.participate(...offices.map(({ state }) => state))
})
afterAll(() => world.close())

const offices = [
  { state: stateCode('XA'), kind: 'technical', addresses: [email('poc@a.example'), email('duty@a.example')] },
  { state: stateCode('XA'), kind: 'diplomatic', addresses: [email('desk@a.example')] },
  { state: stateCode('XB'), kind: 'technical', addresses: [phone('+99955501742')] },
  { state: stateCode('XC'), kind: 'diplomatic', addresses: [email('desk@c.example')] },
] as const

test(
  'POC-17, POC-18: whatever happens to a round in whatever order, crashes among it, every state is one that the rules allow, and a confirmed answer stays',
  async () => {
    const events = fc.array(event, { minLength: 4, maxLength: 14, size: 'max' })
    // A run that is broken off would go on beside the next test: when the time is over none is begun instead.
    const until = performance.now() + 50_000
    let lived = 0
    const live = async (order: readonly Event[]) => {
      if (lived > 0 && performance.now() > until) return
      lived += 1
      await liveRound(order)
    }
    const found = await fc.check(fc.asyncProperty(events, live), {
      seed,
      numRuns: 40,
      endOnFailure: true,
      includeErrorInReport: true,
    })
    expect(fc.defaultReportMessage(found)).toBeUndefined()
    expect(lived).toBeGreaterThan(0)
  },
  bound,
)

test('POC-17: a bounce that comes after an answer takes nothing back', async () => {
  const all = [0, 1, 2, 3]
  await liveRound([
    { kind: 'send', relay: [0] },
    ...all.map((at) => ({ kind: 'press', at }) as const),
    ...all.map((at) => ({ kind: 'report', at, says: 'failed 5.1.1' }) as const),
  ])
  expect(world.sent).not.toHaveLength(0)
})

test('POC-17: an address that is changed while a round runs is asked by itself; what it answers is its own', async () => {
  await liveRound([
    { kind: 'send', relay: [0] },
    { kind: 'change', at: 0 },
    { kind: 'verify', at: 0, until: 3 },
    { kind: 'verify', at: 0 },
    { kind: 'press', at: 0 },
  ])
  expect(world.sent.filter(({ text }) => verificationLink.test(text))).not.toHaveLength(0)
})

interface Life {
  readonly round: RoundId
  readonly sentBefore: number
  /** Checks whose answer was confirmed to somebody. */
  readonly confirmed: Set<string>
  crashes: number
}

async function liveRound(events: readonly Event[]): Promise<void> {
  await nominateMissing()
  const started = await world.directory.performer.perform(asDuty('test', world.clock.now()), (scope) =>
    startRound(scope, world),
  )
  if (!started.ok) throw new Error(started.refusal.code)
  const life: Life = { round: started.value, sentBefore: world.sent.length, confirmed: new Set(), crashes: 0 }
  let before = await look(life)
  for (const each of events) {
    await happen(life, each)
    const seen = await look(life)
    holdRules(life, before, seen)
    if (each.kind === 'close') holdClosing(seen)
    // What a new address answers, or that it is asked, moves no check of a round.
    if (each.kind === 'verify' || each.kind === 'change')
      expect(seen.checks.map(standing)).toEqual(before.checks.map(standing))
    before = seen
  }
  await happen(life, { kind: 'resume' })
  world.clock.advance(lastStartAfter + 2 * day)
  await happen(life, { kind: 'close' })
  await happen(life, { kind: 'close' })
  const end = await look(life)
  holdRules(life, before, end)
  expect(['closed', 'stopped']).toContain(end.round.status)
  if (end.round.status === 'stopped')
    expect(end.messages.filter(({ status }) => status === 'queued' || status === 'sending')).toEqual([])
  if (end.round.status !== 'closed') return
  expect(end.checks.map(({ status }) => status)).not.toContain('waiting')
  const silent = end.checks.filter(
    ({ status, withdrawn }) => !withdrawn && (status === 'no-answer' || status === 'undeliverable'),
  )
  for (const { state } of silent) expect(end.followUps.map((each) => each.state)).toContain(state)
}

function standing({ id, status, answeredAt, clockStartedAt }: Seen['checks'][number]) {
  return { id, status, answeredAt, clockStartedAt }
}

const ofCheck = /checks\/(\d{12})/

type Seen = Awaited<ReturnType<typeof look>>

function holdRules(
  { confirmed, sentBefore, crashes }: Life,
  before: Seen,
  { round, checks, messages, followUps }: Seen,
) {
  for (const check of checks) {
    const was = before.checks.find(({ id }) => id === check.id)
    if (!was) throw new Error('a check came from nowhere')
    if (was.status !== check.status) expect(checkMoves[was.status]).toContain(check.status)
    if (was.answeredAt) expect(check.answeredAt).toEqual(was.answeredAt)
    if (confirmed.has(check.id)) expect(check.status).toMatch(/^answered/)
    if (check.clockStartedAt) {
      const pauses =
        round.pausedFor + (round.pausedAt ? world.clock.now().getTime() - round.pausedAt.getTime() : 0)
      expect(check.clockStartedAt <= after(round.startedAt, lastStartAfter + pauses)).toBe(true)
      const own = messages.filter(({ check_id }) => check_id === check.id)
      expect(own.some(({ sent_at, status }) => sent_at !== null || status === 'delivered')).toBe(true)
    }
  }
  expect(new Set(followUps.map(({ state }) => state)).size).toBe(followUps.length)
  // Notices of a change are mail as well; the relay repeats what the mail server puts off.
  const mails = world.sent.slice(sentBefore).filter(({ text }) => ofCheck.test(text))
  const copies = Map.groupBy(mails, ({ messageId }) => messageId)
  const resent = messages.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0)
  const doubled = [...copies.values()].reduce((sum, same) => sum + same.length - 1, 0)
  // What is sent once more was in flight in a crash (two connections), or was sent back for a fault of ours.
  expect(doubled).toBeLessThanOrEqual(resent + 2 * crashes)
  // A correction follows a message that was sent, and leaves every clock as it is.
  for (const { correction, sent_at } of messages) if (correction === 'sent') expect(sent_at).not.toBeNull()
  // POC-18: no follow-up opens once the round was stopped.
  if (before.round.status === 'stopped') expect(followUps).toHaveLength(before.followUps.length)
}

/** Whatever it waits for: no round is left running by the first look after the longest time that one has. */
function holdClosing({ round }: Seen) {
  const longest = lastStartAfter + round.answerWithin + round.pausedFor
  if (round.status === 'running') expect(world.clock.now() < after(round.startedAt, longest)).toBe(true)
}

async function happen(life: Life, what: Event | { readonly kind: string }): Promise<void> {
  if ('for' in what) return world.clock.advance(what.for)
  if ('relay' in what) {
    let sent = 0
    world.answerSending(() => outcomes[what.relay[sent++ % what.relay.length] ?? 0] ?? { kind: 'accepted' })
    return world.work('send-messages')
  }
  if ('statements' in what) {
    life.crashes += 1
    engine.crashAfter(what.statements)
    await world.work('send-messages', 'close-rounds', 'relay').catch(() => undefined)
    engine.crashAfter(undefined)
    return
  }
  if ('until' in what) {
    engine.crashAfter(what.until)
    await happenTo(life, what.kind, what.at).catch(() => undefined)
    engine.crashAfter(undefined)
    return
  }
  if ('at' in what) return happenTo(life, what.kind, what.at, 'says' in what ? what.says : '')
  if (what.kind === 'close') return world.work('close-rounds', 'relay')
  if (what.kind === 'correct') return correct(life)
  const steer = { pause: pauseRound, resume: resumeRound }[what.kind] ?? stopRound
  await world.directory.performer.perform(asDuty('test', world.clock.now()), (scope) =>
    steer(scope, life.round),
  )
}

/** To everybody, also those who answered; a second one is refused. */
async function correct({ round }: Life): Promise<void> {
  const { status } = (await look({ round })).round
  await world.directory.performer.perform(asDuty('test', world.clock.now()), (scope) =>
    correctRound(scope, { id: round, status }, { reason: 'link', toAnswered: true }, undefined),
  )
}

/** Something comes back to one of the messages that went out, or its State withdraws the entry. */
async function happenTo(life: Life, kind: string, at: number, says = ''): Promise<void> {
  if (kind === 'withdraw') return withdraw(at)
  if (kind === 'change') return change(at)
  if (kind === 'verify') return verify(life, at)
  const sent = world.sent.slice(life.sentBefore).filter(({ text }) => ofCheck.test(text))
  const mail = sent[at % Math.max(1, sent.length)]
  if (!mail) return
  if (kind === 'report') {
    await world.directory.receive(Buffer.from(reportOf(mail, says, newId())), world.clock.now())
    return
  }
  const code = ofCheck.exec(mail.text)?.[1] ?? ''
  const isTaken = kind === 'press' ? await press(code) : await reply(mail)
  engine.crashAfter(undefined)
  const check = isTaken && (await look(life)).messages.find(({ address }) => address === mail.to)?.check_id
  if (check) life.confirmed.add(check)
}

async function press(code: string): Promise<boolean> {
  const stranger = await world.visitor()
  return (await stranger.post(`/en/checks/${code}`)).status === 303
}

async function reply(mail: World['sent'][number]): Promise<boolean> {
  const from = { name: 'Duty Officer', address: mail.to }
  const raw = await composeReply(await composeMail(mail), {
    from,
    text: 'Received, thank you.',
    at: world.clock.now(),
  })
  return raw !== undefined && (await world.directory.receive(raw, world.clock.now())) === 'acknowledged'
}

async function withdraw(at: number): Promise<void> {
  const office = offices[at % offices.length]
  const entry = office && entries.get(office)
  if (!office || !entry) return
  entries.delete(office)
  const request = { actor: missionOf(world, office.state), now: world.clock.now(), requestId: newId() }
  const gone = await world.directory.performer.perform(
    request,
    withdrawEntry(world.community.profile, { entry }),
  )
  if (!gone.ok) throw new Error(gone.refusal.code)
  await world.work('relay')
}

let changes = 0

/** A State gives an entry another address, which is asked to answer. */
async function change(at: number): Promise<void> {
  const office = offices[at % offices.length]
  const id = office && entries.get(office)
  const { database, performer } = world.directory
  const entry = id && (await database.transaction({ role: 'worker' }, (tx) => findEntry(tx, id)))
  if (!office || !entry) return
  changes += 1
  const phones = entry.addresses.filter(({ channel }) => channel === 'phone')
  const request = { actor: missionOf(world, office.state), now: world.clock.now(), requestId: newId() }
  const changed = await performer.perform(
    request,
    changeEntry(world.community.profile, {
      entry: entry.id,
      version: entry.version,
      content: { ...entry, addresses: [email(`new${changes}@moved.example`), ...phones] },
    }),
  )
  if (!changed.ok) throw new Error(changed.refusal.code)
  for (let run = 0; run < 2; run += 1) await world.work('relay')
}

const verificationLink = /\/en\/addresses\/\S+/

/** Somebody follows the link that a new address got; where that is confirmed, the month stands on the card. */
async function verify(life: Life, at: number): Promise<void> {
  const letters = world.sent.slice(life.sentBefore).filter(({ text }) => verificationLink.test(text))
  const letter = letters[at % Math.max(1, letters.length)]
  const link = verificationLink.exec(letter?.text ?? '')?.[0]
  if (!letter || !link) return
  const answer = await (await world.visitor()).post(link)
  engine.crashAfter(undefined)
  if (answer.status !== 200) return
  await world.work('relay')
  const months = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<{
        'directory.last_answered': { entry_id: string; month: string }
        'directory.address': { entry_id: string; value: string }
      }>()
      .selectFrom('directory.address')
      .leftJoin('directory.last_answered', 'directory.last_answered.entry_id', 'directory.address.entry_id')
      .select('month')
      .where('value', '=', letter.to)
      .execute(),
  )
  // The address may have gone again meanwhile.
  for (const { month } of months) expect(month).toBe(world.clock.now().toISOString().slice(0, 7))
}

const entries = new Map<(typeof offices)[number], Awaited<ReturnType<typeof nominate>>['id']>()

async function nominateMissing(): Promise<void> {
  for (const office of offices) {
    if (!entries.has(office))
      entries.set(office, (await nominate(world, office.state, office.kind, office)).id)
  }
}

/** How a round stands, read by nobody's leave but the worker's. */
async function look({ round: id }: Pick<Life, 'round'>) {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const checks = checksTables(tx)
    const [round] = await checks.selectFrom('checks.round').selectAll().where('id', '=', id).execute()
    if (!round) throw new Error('no round')
    const rows = await checks.selectFrom('checks.check').selectAll().where('round_id', '=', id).execute()
    return {
      round: toRound(round),
      checks: rows.map((row) => ({ ...toCheck(row), withdrawn: row.withdrawn_at !== null })),
      messages: await checks.selectFrom('checks.message').selectAll().where('round_id', '=', id).execute(),
      followUps: await checks.selectFrom('checks.follow_up').selectAll().where('round_id', '=', id).execute(),
    }
  })
}
