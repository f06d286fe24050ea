import { hour, minute } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

const pace = { perMinute: 2, perMinuteAndDomain: 1, firstWave: 1 }
let world: World
let manager: Visitor
let round: string

beforeEach(async () => {
  world = await openWorld({ pace })
  const sahiliya = stateCode('XA')
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', {
    addresses: ['a', 'b', 'c'].map((who) => email(`poc@${who}.example`)),
  })
  await nominate(world, sahiliya, 'diplomatic', {
    addresses: ['d', 'e'].map((who) => email(`desk@${who}.example`)),
  })
  manager = await world.visitor({ role: 'manager' })
  round = (await pressStart(manager)).location
})
afterEach(() => world.close())

/** How many messages leave in the next minutes, minute by minute. */
async function leaving(minutes: number): Promise<readonly number[]> {
  const counts: number[] = []
  for (let each = 0; each < minutes; each += 1) {
    const before = world.sent.length
    await world.work('send-messages')
    counts.push(world.sent.length - before)
    world.clock.advance(minute)
  }
  return counts
}

test('POC-17: a round begins with a small wave, and the clock of what was not sent does not start', async () => {
  expect(await leaving(5)).toEqual([1, 0, 0, 0, 0])
  expect((await manager.get(round)).text).toContain('The last message is due')
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  const closes = (await mission.get('/en/our-checks')).text.match(/Closes in/g) ?? []
  expect(closes).toHaveLength(1)
  expect((await leaving(12)).every((count) => count <= pace.perMinute)).toBe(true)
  expect(world.sent).toHaveLength(5)
})

test('POC-17: after a pause nothing leaves faster than before it', async () => {
  await leaving(1)
  await manager.post(`${round}/pause`)
  world.clock.advance(hour / 6)
  expect(await leaving(2)).toEqual([0, 0])
  world.clock.advance(hour / 12)
  await (await world.visitor({ role: 'manager' })).post(`${round}/resume`)
  const counts = await leaving(4)
  expect(Math.max(...counts)).toBeLessThanOrEqual(pace.perMinute)
  expect(world.sent).toHaveLength(5)
})
