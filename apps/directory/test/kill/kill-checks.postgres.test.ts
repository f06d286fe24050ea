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
  stopRound,
} from './round-under-fire.ts'
import { openUnderFire, type UnderFire } from './under-fire.ts'

// One process for every database call of a step, each killed one call later than the one before it.

const bound = 85_000
const log: string[] = []
let fire: UnderFire

beforeAll(async () => {
  fire = await openUnderFire()
  await fire.inPeace(nominateAll)
})
afterAll(async () => {
  console.log(log.join('\n'))
  await fire.close()
})

test(
  'sending: killed at every database call and hand-over in turn, no message is left out and none is sent twice beyond those in flight',
  async () => {
    let round = await fire.inPeace(startRound)
    let kills = 0
    let isFresh = true
    for (let call = 1; ; call += 1) {
      const struck = await fire.work(['send-messages'], { call, moment: 'before' })
      if (struck !== undefined) {
        log.push(`sending, call ${call}: killed ${struck}`)
        kills += 1
        isFresh = false
        continue
      }
      const { messages, twice } = await reconcile(fire, { use: 'check', kills })
      log.push(`sending: all ${messages} messages sent after ${kills} kills, ${twice} of them again`)
      // A whole round went out before this call came: the walk is over.
      if (isFresh) break
      await fire.inPeace((world) => stopRound(world, round))
      round = await fire.inPeace(startRound)
      kills = 0
      isFresh = true
    }
    await fire.inPeace((world) => stopRound(world, round))
  },
  bound,
)

test(
  'answering: killed at every database call in turn and once more after each confirmation, no confirmed answer is lost and none is recorded twice',
  async () => {
    const round = await fire.inPeace(startRound)
    expect(await fire.work(['send-messages'])).toBeUndefined()
    const [message] = await fire.inPeace(listMessages)
    const code = message?.code ?? ''
    for (let call = 1; ; call += 1) {
      const { confirmed, struck } = await fire.press(code, { call, moment: 'before' })
      if (struck) log.push(`answering, call ${call}: killed ${struck}`)
      if (confirmed && !struck) break
    }
    expect((await fire.press(code)).confirmed).toBe(true)
    await fire.inPeace(async (world) => {
      expect(await listResults(world)).toContain('answered')
      expect((await readHistory(world)).get('check.answered')).toBe(1)
      await stopRound(world, round)
    })
  },
  bound,
)

test(
  'closing: killed at every database call in turn, a round is closed once with one follow-up per silent State',
  async () => {
    await fire.inPeace(startRound)
    expect(await fire.work(['send-messages'])).toBeUndefined()
    fire.advance(4 * day + hour)
    for (let call = 1; ; call += 1) {
      const struck = await fire.work(['close-rounds'], { call, moment: 'before' })
      if (struck === undefined) break
      log.push(`closing, call ${call}: killed ${struck}`)
    }
    await fire.inPeace(async (world) => {
      await world.work('close-rounds')
      expect(await listFollowUps(world)).toEqual(['XA', 'XB'])
      const acts = await readHistory(world)
      expect(acts.get('round.closed')).toBe(1)
      expect(acts.get('follow-up.opened')).toBe(2)
      expect(acts.get('round.found-closed')).toBeUndefined()
    })
  },
  bound,
)
