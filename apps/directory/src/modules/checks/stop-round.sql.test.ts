import { hour, minute, newId } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reportOf } from '../../../test/fire/report-of.ts'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { checksTables } from './store.ts'

const sahiliya = stateCode('XA')
let world: World
let manager: Visitor
let round: string

beforeEach(async () => {
  world = await openWorld({ pace: { perMinute: 60, perMinuteAndDomain: 60, firstWave: 3 } })
  await world.participate(sahiliya)
  const offices = ['a', 'b', 'c', 'd', 'e'].map((who) => email(`poc@${who}.example`))
  for (const office of offices) await nominate(world, sahiliya, 'technical', { addresses: [office] })
  await nominate(world, sahiliya, 'diplomatic', { addresses: [phone('+99955501742')] })
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
  for (let second = 0; second < 5; second += 1) {
    await world.work('send-messages')
    world.clock.advance(1_000)
  }
})
afterEach(() => world.close())

function seenIn({ text }: { readonly text: string }): string {
  return /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? ''
}

function wordsOf({ text }: { readonly text: string }): string {
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

async function stop() {
  const seen = seenIn(await manager.get(`${round}/stop`))
  return manager.post(`${round}/stop`, { seen })
}

async function countMessages() {
  const rows = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.message')
      .select(['status', 'cause'])
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .groupBy(['status', 'cause'])
      .execute(),
  )
  return Object.fromEntries(
    rows.map(({ status, cause, count }) => [`${status} ${cause ?? ''}`.trim(), Number(count)]),
  )
}

async function listFollowUps() {
  return world.directory.database.transaction({ role: 'worker' }, (tx) =>
    checksTables(tx).selectFrom('checks.follow_up').select('state').execute(),
  )
}

test('POC-17: before a round is stopped its page says in figures what becomes of what, in six languages', async () => {
  await (await world.visitor()).post(`/en/checks/${codeOf(0)}`)
  const shown = wordsOf(await manager.get(`${round}/stop`))
  expect(shown).toMatch(
    /Messages sent 3 They stand\. An answer that comes after the stop is recorded, as late\./,
  )
  expect(shown).toMatch(/Messages not sent yet 2 They are not sent, and no follow-up opens\./)
  expect(shown).toMatch(/Checks answered 1 /)
  expect(shown).toMatch(/Checks that wait for an answer 5 Their silence is not followed up/)
  expect(shown).toContain('This cannot be undone.')
  for (const locale of ['ar', 'zh', 'fr', 'ru', 'es'])
    expect((await manager.get(round.replace('/en', `/${locale}`) + '/stop')).status).toBe(200)
})

test('POC-17: a round is stopped only as its page showed it, once, and only by the manager', async () => {
  expect((await manager.post(`${round}/stop`)).status).toBe(409)
  const seen = seenIn(await manager.get(`${round}/stop`))
  await manager.post(`${round}/pause`)
  const refused = await manager.post(`${round}/stop`, { seen })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('The round has changed since it was shown to you')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get(`${round}/stop`)).status).toBe(403)
  expect((await mission.post(`${round}/stop`, { seen: seenIn(refused) })).status).toBe(403)
  expect((await stop()).status).toBe(303)
  expect((await stop()).status).toBe(409)
  expect((await manager.get(`${round}/stop`)).text).toContain('There is nothing to stop')
})

test('POC-17: what a stopped round had not sent is not sent, by our doing; what was sent is answered late, and answers stay', async () => {
  const stranger = await world.visitor()
  await stranger.post(`/en/checks/${codeOf(0)}`)
  await stop()
  expect(await countMessages()).toEqual({ sent: 3, 'not-sent ours': 2 })
  world.clock.advance(hour)
  await world.work('send-messages')
  expect(world.sent).toHaveLength(3)
  await stranger.post(`/en/checks/${codeOf(1)}`)
  manager = await world.visitor({ role: 'manager' })
  const seen = wordsOf(await manager.get(round))
  expect(seen).toMatch(/Messages that were not sent, by our own doing: 2\./)
  expect(seen).toMatch(/answered in time, 33% 1 /)
  expect(seen).toMatch(/answered late 1 /)
  // The two that were not sent, and the one that was to be called.
  expect(seen).toMatch(/not sent, by our fault 3 /)
  expect(seen).not.toContain('It is tried again')
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.get('/en/our-checks')).text).not.toContain('A check waits for you')
})

test('POC-18: a stopped round opens no follow-up, whatever bounces or stays silent', async () => {
  await stop()
  const [mail] = world.sent
  if (!mail) throw new Error('nothing was sent')
  await world.directory.receive(Buffer.from(reportOf(mail, 'failed 5.1.1', newId())), world.clock.now())
  for (const days of [1, 4, 10]) {
    world.clock.advance(days * 24 * hour)
    await world.work('close-rounds', 'relay')
  }
  expect(await listFollowUps()).toEqual([])
  manager = await world.visitor({ role: 'manager' })
  const listed = wordsOf(await manager.get(round))
  expect(listed).toMatch(/undeliverable Nothing: the round was stopped/)
  expect(listed).not.toContain('Follow-up with a prepared note')
  expect(wordsOf(await manager.get(`${round}?status=waiting`))).not.toContain('Call ')
})

test('POC-18: the list of a round names a follow-up, with its page, only where one is open, also after a stop', async () => {
  const [mail] = world.sent
  if (!mail) throw new Error('nothing was sent')
  await world.directory.receive(Buffer.from(reportOf(mail, 'failed 5.1.1', newId())), world.clock.now())
  await world.work('close-rounds')
  await stop()
  const { text } = await manager.get(round)
  const path = /<a href="(\/en\/follow-ups\/[^"]+)"\s*>Follow-up with a prepared note/.exec(text)?.[1] ?? ''
  expect((await manager.get(path)).status).toBe(200)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.post('/en/our-entries-are-correct')).status).toBe(303)
  for (let run = 0; run < 20; run += 1) await world.work('relay')
  const ended = wordsOf(await manager.get(round))
  expect(ended).toMatch(/undeliverable the State confirmed its entries/)
  expect(ended).not.toContain('Follow-up with a prepared note')
})

test('POC-17: what is in flight when a round is stopped comes to its end, and nothing waits after it', async () => {
  world.clock.advance(11 * minute)
  const seen = seenIn(await manager.get(`${round}/stop`))
  let stopped: Promise<unknown> | undefined
  const outcomes = ['later', 'accepted'] as const
  let tries = 0
  world.answerSending(() => {
    stopped ??= manager.post(`${round}/stop`, { seen })
    return outcomes[tries++] === 'later'
      ? { kind: 'later', status: '4.3.0', cause: 'ours' }
      : { kind: 'accepted' }
  })
  await world.work('send-messages')
  await stopped
  await world.work('close-rounds')
  const counted = await countMessages()
  expect(Object.keys(counted).filter((each) => /queued|sending/.test(each))).toEqual([])
  expect(counted['not-sent ours']).toBeGreaterThanOrEqual(1)
  world.clock.advance(3 * hour)
  await world.work('send-messages', 'close-rounds')
  expect(await countMessages()).toEqual(counted)
  expect(await listFollowUps()).toEqual([])
})

function codeOf(at: number): string {
  return /checks\/(\d{12})/.exec(world.sent[at]?.text ?? '')?.[1] ?? ''
}
