import { newId } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent, signedIn } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Entry } from './domain/entry.ts'
import { withdrawEntry } from './withdraw-entry.ts'

let world: World
let poc: Visitor
const entries: Entry[] = []

beforeAll(async () => {
  world = await openWorld()
  const states = world.community.states.filter(({ fictional }) => fictional).map(({ code }) => code)
  await world.participate(...states)
  for (const state of states)
    entries.push(await addExample(world, state, 'technical', exampleContent(`Team of ${state}`)))
  entries.push(await addExample(world, stateCode('XB'), 'diplomatic', exampleContent('Ministry of XB')))
  poc = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XA') })
})
afterAll(() => world.close())

const at = (cards: readonly string[], more = '') => `/en/counterparts?cards=${cards.join(',')}${more}`

test('POC-19: cards are found, added and taken away by address alone, the own kind first', async () => {
  const found = await poc.get('/en/counterparts?q=XB')
  expect(found.text).toContain('Team of XB')
  expect(found.text).not.toContain('Ministry of XB')
  expect(found.text).toContain('kind=diplomatic')
  expect((await poc.get('/en/counterparts?q=XB&kind=diplomatic')).text).toContain('Ministry of XB')
  const [, add = ''] = /<a href="(\/en\/counterparts\?cards=[^"]+)"\s*>Add/.exec(found.text) ?? []
  const added = await poc.get(add.replaceAll('&amp;', '&'))
  expect(added.text).toMatch(/<article class="card">[\s\S]*Team of XB[\s\S]*tel:\+99955501742/)
  const [, remove = ''] = /<a class="unprinted" href="([^"]+)"\s*>Remove/.exec(added.text) ?? []
  expect((await poc.get(remove.replaceAll('&amp;', '&'))).text).toContain('Nobody is chosen yet')
})

test('twenty cards and no more, each once, with the date and the name of who prints', async () => {
  const ids = entries.map(({ id }) => id)
  const page = await poc.get(at([...ids, ...ids]))
  expect(page.text.match(/<article class="card">/g)).toHaveLength(20)
  expect(page.text).toContain('Both pages are full')
  expect(page.text).toMatch(/Printed <time[\s\S]+<\/time>, by <bdi>Test Person<\/bdi>/)
})

test('an entry that was withdrawn is said to be gone; whatever stands in the address gives a page', async () => {
  const withdrawn = await addExample(world, stateCode('XC'), 'technical', exampleContent('Soon gone'))
  const actor = signedIn({ role: 'mission', state: stateCode('XC') })
  const request = { actor, now: world.clock.now(), requestId: newId() }
  const { performer } = world.directory
  await performer.perform(request, withdrawEntry(world.community.profile, { entry: withdrawn.id }))
  const page = await poc.get(at([withdrawn.id, "');--", newId()]))
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('Soon gone')
  expect(page.text).toContain('2 of the chosen entries are no longer in the directory')
})

test('"card only" values and the month of the last answer do not stand on the sheet', async () => {
  const [address] = exampleContent('Quiet').addresses
  if (!address) throw new Error('no address')
  const addresses = [{ ...address, value: 'hidden@quiet.example', cardOnly: true }]
  const quiet = await addExample(world, stateCode('XD'), 'technical', exampleContent('Quiet', { addresses }))
  const page = await poc.get(at([quiet.id]))
  expect(page.text).not.toContain('hidden@quiet.example')
  expect(page.text).toContain('stand on the contact card only')
  expect(page.text).not.toContain('Last answered')
})

test('users of a State that does not take part have no sheet', async () => {
  const outside = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('FR') })
  expect((await outside.get(at([entries[0]?.id ?? '']))).status).toBe(403)
})
