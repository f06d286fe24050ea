import { createHash } from 'node:crypto'
import { day, hour } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  listFollowUps,
  listMessages,
  listResults,
  nominateAll,
  readHistory,
  reconcile,
  startRound,
} from './round-under-fire.ts'
import type { Strike } from './strike.ts'
import { openUnderFire, type UnderFire } from './under-fire.ts'

// A whole round in which every step is killed at moments drawn from a seed. To repeat one: PARLEY_TEST_SEED=<seed>.

// Far more than it takes alone: where others have the machine, a process starts many times as slowly.
const bound = 600_000
const killsPerStep = 2
const seed = process.env['PARLEY_TEST_SEED'] ?? String(Date.now())
const log: string[] = [`seed ${seed}`]
let draws = 0
let fire: UnderFire

beforeAll(async () => {
  fire = await openUnderFire()
})
afterAll(async () => {
  console.log(log.join('\n'))
  await fire.close()
})

test(
  'POC-17: killed at any moments of a round, every message is sent, every confirmed answer kept, and the round closed once',
  async () => {
    await fire.inPeace(async (world) => {
      await nominateAll(world)
      await startRound(world)
    })
    const kills = await workUnderFire(['send-messages'], 24)
    const sent = await reconcile(fire, 'check')
    log.push(`sent: ${sent.messages}, ${sent.twice} of them again`)
    expect(sent).toMatchObject({ missing: 0, said: new Set(['sent']) })
    expect(sent.twice).toBeLessThanOrEqual(kills * fire.connections)

    const [answered] = await fire.inPeace(listMessages)
    if (!answered) throw new Error('no message')
    await pressUnderFire(answered.code)
    fire.advance(day)
    const killsReminding = await workUnderFire(['send-messages', 'relay'], 20)
    const reminded = await reconcile(fire, 'reminder', answered.check)
    log.push(`reminded: ${reminded.messages}, ${reminded.twice} of them again`)
    expect(reminded).toMatchObject({ missing: 0, said: new Set(['sent']), strays: 0 })
    expect(reminded.twice).toBeLessThanOrEqual(killsReminding * fire.connections)

    fire.advance(4 * day + hour)
    await workUnderFire(['close-rounds', 'seal'], 30)
    await fire.inPeace(async (world) => {
      expect(await listResults(world)).toEqual(['answered', 'no-answer', 'no-answer'])
      const acts = await readHistory(world)
      expect(acts.get('check.answered')).toBe(1)
      expect(acts.get('round.closed')).toBe(1)
      expect(acts.get('follow-up.opened')).toBe((await listFollowUps(world)).length)
    })
  },
  bound,
)

/** Kills a few times, then lets the work come to its end; how many times it was killed. */
async function workUnderFire(duties: readonly string[], calls: number): Promise<number> {
  let kills = 0
  for (let attempt = 1; attempt <= killsPerStep; attempt += 1) {
    const struck = await fire.work(duties, drawStrike(calls))
    if (struck === undefined) continue
    kills += 1
    log.push(`${duties.join(', ')}: killed ${struck}`)
  }
  expect(await fire.work(duties)).toBeUndefined()
  return kills
}

/** Presses the button until it is confirmed; the process is killed at once after that too. */
async function pressUnderFire(code: string): Promise<void> {
  for (let attempt = 1; attempt <= killsPerStep; attempt += 1) {
    const { confirmed, struck } = await fire.press(code, drawStrike(12))
    log.push(`answer: killed ${struck ?? 'after it was confirmed'}`)
    if (confirmed) return
  }
  expect((await fire.press(code)).confirmed).toBe(true)
}

function drawStrike(calls: number): Strike {
  const moments = ['before', 'during', 'after'] as const
  return { call: 1 + draw(calls), moment: moments[draw(3)] ?? 'before' }
}

/** The next number from the seed, below `limit`. */
function draw(limit: number): number {
  draws += 1
  return createHash('sha256').update(`${seed} ${draws}`).digest().readUInt32BE() % limit
}
