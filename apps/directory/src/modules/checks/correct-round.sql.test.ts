import { hour, type Id, locales, minute, newId } from '@parley/kernel'
import { composeMail, composeReply, type OutgoingMail } from '@parley/mail'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reportOf } from '../../../test/fire/report-of.ts'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { asDuty } from '../../platform/action.ts'
import { checksTables } from './store.ts'
import { withdrawEntry } from './withdraw-entry.ts'

const sahiliya = stateCode('XA')
let world: World
let manager: Visitor
let round: string
let diplomatic: Id<'entry'>

beforeEach(async () => {
  world = await openWorld()
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', {
    workingLanguages: ['ar'],
    addresses: [email('poc@cert.example'), email('duty@cert.example')],
  })
  diplomatic = (await nominate(world, sahiliya, 'diplomatic', { addresses: [email('desk@mfa.example')] })).id
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
})
afterEach(() => world.close())

/** The correction as the page shows it, then sent from there. */
async function correct(reason = 'link', answered = 'no') {
  const query = new URLSearchParams({ reason, answered })
  const shown = await manager.get(`${round}/correction?${query}`)
  const seen = /name="seen" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
  return manager.post(`${round}/correction`, { reason, answered, seen, confirmed: 'yes' })
}

/** What leaves by one run of the worker, by its receiver. */
async function leaving(): Promise<ReadonlyMap<string, OutgoingMail>> {
  const before = world.sent.length
  await world.work('send-messages')
  const sent = world.sent.slice(before)
  expect(new Set(sent.map(({ to }) => to)).size).toBe(sent.length)
  return new Map(sent.map((mail) => [mail.to, mail]))
}

function codeIn(mail: OutgoingMail | undefined): string {
  return /checks\/(\d{12})/.exec(mail?.text ?? '')?.[1] ?? ''
}

async function press(mail: OutgoingMail | undefined): Promise<void> {
  expect((await (await world.visitor()).post(`/en/checks/${codeIn(mail)}`)).status).toBe(303)
}

async function reply(mail: OutgoingMail | undefined, text: string) {
  if (!mail) throw new Error('no message to answer')
  const raw = await composeReply(await composeMail(mail), {
    from: { name: 'Duty Officer', address: mail.to },
    text,
    at: world.clock.now(),
  })
  if (!raw) throw new Error('the message says nowhere to answer')
  return world.directory.receive(raw, world.clock.now())
}

function listChecks() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.check')
      .select(['kind', 'status', 'clock_started_at', 'answered_by'])
      .orderBy('kind', 'desc')
      .execute(),
  )
}

test('POC-17: a round is previewed, paused, resumed, corrected and stopped, and at each point everybody gets what the manager saw', async () => {
  expect((await manager.get('/en/next-round/message?language=ar')).status).toBe(200)
  await manager.post(`${round}/pause`)
  expect((await leaving()).size).toBe(0)
  expect((await manager.get(round)).text).toContain('Nothing more is sent')
  await manager.post(`${round}/resume`)
  const first = await leaving()
  expect([...first.keys()].toSorted()).toEqual(['desk@mfa.example', 'duty@cert.example', 'poc@cert.example'])
  await press(first.get('desk@mfa.example'))
  world.clock.advance(5 * minute)

  const shown = (await manager.get(`${round}/correction?reason=link`)).text
  expect((await correct('link')).status).toBe(303)
  const corrected = (await manager.get(round)).text
  expect(corrected).toMatch(/Corrections sent: 0\. Still to be sent: 2\./)
  expect(corrected).not.toContain(`href="${round}/correction"`)
  const corrections = await leaving()
  expect([...corrections.keys()].toSorted()).toEqual(['duty@cert.example', 'poc@cert.example'])
  const [correction] = corrections.values()
  expect(correction?.language).toBe('ar')
  expect(correction?.subject).toMatch(/^تصويب: /)
  for (const line of correction?.text.split('\n\n').slice(0, 4) ?? []) expect(shown).toContain(line)
  expect((await manager.get(round)).text).toMatch(/Corrections sent: 2\. Still to be sent: 0\./)

  const seen = /name="seen" value="([^"]+)"/.exec((await manager.get(`${round}/stop`)).text)?.[1] ?? ''
  expect((await manager.post(`${round}/stop`, { seen })).status).toBe(303)
  world.clock.advance(26 * hour)
  // No reminder, no message, no follow-up.
  expect((await leaving()).size).toBe(0)
  await world.work('close-rounds')
  await press(first.get('poc@cert.example'))
  expect((await listChecks()).map(({ status }) => status)).toEqual(['answered-late', 'answered'])
  const history = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string } }>()
      .selectFrom('history.act')
      .select('verb')
      .where('verb', 'like', 'round.%')
      .execute(),
  )
  expect(history.map(({ verb }) => verb).toSorted()).toEqual(
    ['corrected', 'paused', 'resumed', 'started', 'stopped'].map((what) => `round.${what}`),
  )
})

test.each(locales)(
  'POC-17: the correction is seen in six languages before it is sent (%s)',
  async (locale) => {
    await leaving()
    const page = await manager.get(
      `${round.replace('/en', `/${locale}`)}/correction?reason=twice&answered=yes`,
    )
    expect(page.status).toBe(200)
    for (const language of locales) expect(page.text).toContain(`class="card" lang="${language}"`)
  },
)

test('POC-17: a correction repeats the code under a Message-ID of its own, once, and starts no clock', async () => {
  const first = await leaving()
  const clocks = (await listChecks()).map(({ clock_started_at }) => clock_started_at)
  world.clock.advance(10 * minute)
  await correct()
  const corrections = await leaving()
  for (const [to, correction] of corrections) {
    expect(codeIn(correction)).toBe(codeIn(first.get(to)))
    expect(correction.messageId).not.toBe(first.get(to)?.messageId)
    expect(correction.inReplyTo).toBe(first.get(to)?.messageId)
    expect(correction.text).not.toContain('undefined')
  }
  expect(corrections.size).toBe(3)
  expect((await listChecks()).map(({ clock_started_at }) => clock_started_at)).toEqual(clocks)
  for (const wait of [minute, 3 * minute, hour]) {
    world.clock.advance(wait)
    expect((await leaving()).size).toBe(0)
  }
  manager = await world.visitor({ role: 'manager' })
  expect((await correct('twice')).status).toBe(409)
  world.clock.advance(46 * hour + 50 * minute)
  await press(first.get('desk@mfa.example'))
  expect((await listChecks()).map(({ status }) => status)).toEqual(['waiting', 'answered-late'])
})

test('POC-17: those who have answered get a correction only where it is asked for, and read that nothing more is asked', async () => {
  const first = await leaving()
  await press(first.get('desk@mfa.example'))
  expect((await manager.get(`${round}/correction?reason=twice`)).text).not.toContain(
    'nothing more is asked of you',
  )
  expect((await correct('twice', 'yes')).status).toBe(303)
  // Whoever answers before it leaves reads the same.
  await press(first.get('poc@cert.example'))
  const corrections = await leaving()
  expect(corrections.size).toBe(3)
  expect(corrections.get('desk@mfa.example')?.text).toContain('nothing more is asked of you')
  expect(corrections.get('desk@mfa.example')?.text).toContain(
    'An acknowledgement of receipt is not agreement',
  )
  expect(corrections.get('duty@cert.example')?.text).toContain('لا يُطلب منكم شيء آخر')
})

test('POC-17: a plain reply to the correction is an answer', async () => {
  await leaving()
  await correct()
  const corrections = await leaving()
  world.clock.advance(5 * minute)
  expect(await reply(corrections.get('desk@mfa.example'), 'Received with thanks, Anna')).toBe('acknowledged')
  expect((await listChecks()).map(({ answered_by }) => answered_by)).toEqual([null, 'reply'])
})

test('POC-17: a correction that comes back ends the delivery of its message, and nothing is sent after it', async () => {
  await leaving()
  await correct()
  const mail = (await leaving()).get('desk@mfa.example')
  if (!mail) throw new Error('no correction')
  await world.directory.receive(Buffer.from(reportOf(mail, 'failed 5.1.1', newId())), world.clock.now())
  expect((await listChecks()).map(({ status }) => status)).toEqual(['waiting', 'undeliverable'])
})

test('POC-17: a correction is sent only as its page showed it, by the manager, in an open round, to somebody', async () => {
  expect((await correct()).status).toBe(409)
  await leaving()
  const shown = await manager.get(`${round}/correction?reason=link`)
  const seen = /name="seen" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
  const sent = { reason: 'link', seen, confirmed: 'yes' }
  expect((await manager.post(`${round}/correction`, { ...sent, seen: '' })).status).toBe(409)
  expect((await manager.post(`${round}/correction`, { ...sent, answered: 'yes' })).status).toBe(409)
  expect((await manager.post(`${round}/correction`, { ...sent, reason: 'genuine' })).status).toBe(409)
  expect((await manager.post(`${round}/correction`, { ...sent, reason: '<b>' })).status).toBe(422)
  const unconfirmed = await manager.post(`${round}/correction`, { reason: 'link', seen })
  expect(unconfirmed.status).toBe(422)
  expect(unconfirmed.text).toContain('Please confirm that you have read the correction')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get(`${round}/correction`)).status).toBe(403)
  expect((await mission.post(`${round}/correction`, sent)).status).toBe(403)
  await manager.post(`${round}/pause`)
  expect((await manager.post(`${round}/correction`, sent)).status).toBe(409)
  expect((await leaving()).size).toBe(0)
})

test('POC-17: a correction of a paused round leaves when it is resumed, and an entry withdrawn meanwhile gets none', async () => {
  await leaving()
  await manager.post(`${round}/pause`)
  expect((await correct()).status).toBe(303)
  expect((await leaving()).size).toBe(0)
  await world.directory.performer.perform(asDuty('test', world.clock.now()), (scope) =>
    withdrawEntry(scope, diplomatic),
  )
  await manager.post(`${round}/resume`)
  expect([...(await leaving()).keys()].toSorted()).toEqual(['duty@cert.example', 'poc@cert.example'])
})

test('POC-17: corrections leave at the pace of the round, and what is not sent yet leaves after them', async () => {
  await world.close()
  world = await openWorld({ pace: { perMinute: 2, perMinuteAndDomain: 2, firstWave: 3 } })
  await world.participate(sahiliya)
  for (const who of ['a', 'b', 'c', 'd', 'e', 'f'])
    await nominate(world, sahiliya, 'technical', { addresses: [email(`poc@${who}.example`)] })
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
  const minutes = async (count: number) => {
    const subjects: string[][] = []
    for (let each = 0; each < count; each += 1) {
      subjects.push([...(await leaving()).values()].map(({ subject }) => subject.split(':')[0] ?? ''))
      world.clock.advance(minute)
    }
    return subjects
  }
  await minutes(2)
  expect(world.sent).toHaveLength(3)
  await correct()
  const after = await minutes(28)
  expect(Math.max(...after.map((each) => each.length))).toBeLessThanOrEqual(2)
  const order = after.flat()
  expect(order.slice(0, 3)).toEqual(['Correction', 'Correction', 'Correction'])
  expect(order.slice(3)).toEqual(Array.from({ length: 3 }, () => 'Please acknowledge receipt'))
})
