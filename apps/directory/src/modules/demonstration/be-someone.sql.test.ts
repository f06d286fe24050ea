import { hour } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemonstrationWorld } from '../../../test/demonstration-world.ts'
import type { World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openDemonstrationWorld()
}, 120_000)
afterAll(() => world.close())

test('POC-12: whoever is suspended cannot be chosen in the demonstration either, and reads why', async () => {
  const be = async (role: string, state: string) => {
    const visitor = await world.visitor()
    return { visitor, answer: await visitor.post('/en/demonstration', { role, state }) }
  }
  const { visitor: manager } = await be('manager', '')
  const { visitor: mission } = await be('mission', 'XA')
  const because = { reason: 'Two authorities sign in at once', hours: '2' }
  expect((await manager.post('/en/states/XA/suspend', because)).status).toBe(303)
  expect((await mission.get('/en/my-account')).location).toContain('/en/sign-in')
  const { answer } = await be('mission', 'XA')
  expect(answer.status).toBe(403)
  expect(answer.text).toContain('The access of this State is suspended until')
  expect((await be('mission', 'XB')).answer.status).toBe(303)
  world.clock.advance(2 * hour)
  expect((await be('mission', 'XA')).answer.status).toBe(303)
})
