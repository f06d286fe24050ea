import { afterAll, beforeAll, expect, test } from 'vitest'
import { nominateAll, reconcile, startRound, stopRound } from './round-under-fire.ts'
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
      const { messages, missing, twice, said } = await reconcile(fire, 'check')
      log.push(`sending: ${messages} messages after ${kills} kills, ${missing} never, ${twice} again`)
      expect(missing).toBe(0)
      expect(twice).toBeLessThanOrEqual(kills * fire.connections)
      expect(said).toEqual(new Set(['sent']))
      // A whole round went out before this call came: the walk is over.
      if (isFresh) {
        expect(call).toBeGreaterThan(20)
        break
      }
      await fire.inPeace((world) => stopRound(world, round))
      round = await fire.inPeace(startRound)
      kills = 0
      isFresh = true
    }
    await fire.inPeace((world) => stopRound(world, round))
  },
  bound,
)
