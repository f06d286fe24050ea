import { parseStateCode, type StateCode } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(code('XA'), code('XB'))
})
afterAll(() => world.close())

function code(text: string): StateCode {
  const state = parseStateCode(text)
  if (!state) throw new Error(`${text} is no State`)
  return state
}

test('RULE-2: a name and one address are enough for an entry', async () => {
  const mission = await world.visitor({ role: 'mission', state: code('XA') })
  const form = await mission.get('/en/entries/new?kind=technical')
  expect(form.status).toBe(200)
  const saved = await mission.post('/en/entries/new', {
    kind: 'technical',
    language: 'ar',
    entityName: 'الفريق الوطني',
    email1: 'poc@cert.sahiliya.example',
  })
  expect(saved.status).toBe(303)
  const card = await mission.get(saved.location)
  expect(card.status).toBe(200)
  for (const path of ['/en/find', '/en/find/XA', '/en/our-state', '/en/find?q=sahi']) {
    const page = await mission.get(path)
    expect([path, page.status]).toEqual([path, 200])
  }
})
