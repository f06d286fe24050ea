import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseStateCode } from '@parley/kernel'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('POC-16: the public overview tells how many States take part, in Arabic from right to left, and names none', async () => {
  const sahiliya = parseStateCode('XA')
  if (!sahiliya) throw new Error('no such State')
  await world.participate(sahiliya)
  const visitor = await world.visitor()
  const page = await visitor.get('/ar')
  expect(page.status).toBe(200)
  expect(page.text).toContain('<html lang="ar" dir="rtl">')
  expect(page.text).toContain('تشارك دولة واحدة')
  expect(page.text).not.toContain('ساحلية')
})
