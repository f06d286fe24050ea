import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locales, parseStateCode } from '@parley/kernel'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

let world: World
let manager: Visitor
beforeAll(async () => {
  world = await openWorld()
  manager = await world.visitor({ role: 'manager' })
  const sahiliya = parseStateCode('XA')
  if (!sahiliya) throw new Error('no such State')
  await world.participate(sahiliya)
})
afterAll(() => world?.close())

test('POC-05: the list names every member and since when a State takes part', async () => {
  const { text, status } = await manager.get('/en/states')
  expect(status).toBe(200)
  for (const { names } of world.community.states) expect(text).toContain(names.en.replaceAll("'", '&#39;'))
  expect(text).toContain('Participating since <time')
  expect(text).toContain('Not participating')
})

test('RULE-11: nothing is said of real States in a demonstration', async () => {
  const { text } = await manager.get('/en/states?q=Albania')
  expect(text).toContain('No demonstration data')
  expect(text).not.toContain('<td data-label="Participation">Not participating')
})

test('POC-02: States are listed by name in the language of the page, and in no other order', async () => {
  const { text } = await manager.get('/ar/states?part=no&group=GRULAC')
  const names = [...text.matchAll(/href="\/ar\/states\/[A-Z]{2}"[^>]*>([^<]+)</g)].map(
    ([, name = '']) => name,
  )
  expect(names.length).toBeGreaterThan(30)
  const byName = new Intl.Collator('ar')
  expect(names).toEqual([...names].sort((one, other) => byName.compare(one, other)))
})

test('a State is found by its group, by whether it takes part and by any of its names', async () => {
  expect((await manager.get('/en/states?part=yes')).text).toContain('<h2>1 State</h2>')
  expect((await manager.get('/en/states?part=yes&group=WEOG')).text).toContain('No State matches')
  expect((await manager.get(`/en/states?q=${encodeURIComponent('ساحلية')}`)).text).toContain('Sahiliya')
})

test('the page of all States stays within 14 KB compressed, in every language', async () => {
  for (const locale of locales) {
    const { text } = await manager.get(`/${locale}/states`)
    expect(gzipSync(text).byteLength).toBeLessThan(14 * 1024)
  }
})

test('nobody but the manager sees the list', async () => {
  const state = parseStateCode('XA')
  if (!state) throw new Error('no such State')
  const mission = await world.visitor({ role: 'mission', state })
  expect((await mission.get('/en/states')).status).toBe(403)
  expect((await (await world.visitor()).get('/en/states')).status).toBe(303)
})
