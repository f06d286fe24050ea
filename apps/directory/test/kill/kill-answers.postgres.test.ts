import { day, hour } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  listFollowUps,
  listMessages,
  listResults,
  nominateAll,
  readHistory,
  startRound,
  stopRound,
} from './round-under-fire.ts'
import { openUnderFire, type UnderFire } from './under-fire.ts'

// One process for every database call of a step, each killed one call later than the one before it.

// Far more than it takes alone: where others have the machine, a process starts many times as slowly.
const bound = 600_000
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
  'answering: killed at every database call in turn and once more after each confirmation, no confirmed answer is lost and none is recorded twice',
  async () => {
    const round = await fire.inPeace(startRound)
    expect(await fire.work(['send-messages'])).toBeUndefined()
    const [message] = await fire.inPeace(listMessages)
    const code = message?.code ?? ''
    for (let call = 1; ; call += 1) {
      const { confirmed, struck } = await fire.press(code, { call, moment: 'before' })
      if (struck) log.push(`answering, call ${call}: killed ${struck}`)
      if (!confirmed || struck) continue
      expect(call).toBeGreaterThan(10)
      break
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
      if (struck === undefined) {
        expect(call).toBeGreaterThan(20)
        break
      }
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
