import { minute } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { saveCompetentAuthority } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { noteAnswered } from './note-answered.ts'

let world: World
let french: Visitor
const teams: Entry[] = []
const germany = stateCode('DE')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(germany, stateCode('FR'), stateCode('XA'))
  const certProfile = 'https://cert.de.example/rfc2350'
  for (const name of ['First team', 'Second team', 'Third team']) {
    world.clock.advance(minute)
    teams.push(await addExample(world, germany, 'technical', exampleContent(name, { certProfile })))
  }
  await addExample(world, germany, 'diplomatic', exampleContent('Ministry'))
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveCompetentAuthority(tx, germany, {
      name: 'Federal Office',
      email: 'office@authority.de.example',
      telephone: undefined,
    }),
  )
  french = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('FR') })
})
afterAll(() => world.close())

const from = (entry: Entry | undefined) => `/en/find/DE?from=${entry?.id ?? ''}`

/** The titles and names on the page, in their order. */
function order(text: string): readonly string[] {
  const known =
    /First team|Second team|Third team|Show \d entry|Security and Co-operation in Europe|rfc2350"|Federal Office|Permanent Mission of/g
  return [...new Set([...text.slice(text.indexOf('<ol')).matchAll(known)].map(([found]) => found))]
}

test('RULE-7, POC-19: what remains stands in its order, the next of the kind first and the other kind one step away', async () => {
  const rest = [
    'Show 1 entry',
    'Security and Co-operation in Europe',
    'rfc2350"',
    'Federal Office',
    'Permanent Mission of',
  ]
  expect(order((await french.get(from(teams[0]))).text)).toEqual(['Second team', 'Third team', ...rest])
  expect(order((await french.get(from(teams[1]))).text)).toEqual(['Third team', 'First team', ...rest])
  expect((await french.get(from(teams[0]))).text).not.toContain('Ministry')
})

test('POC-04: the directory complements the networks of CERTs: the card and what remains lead to a CERT’s own profile', async () => {
  const [first] = teams
  for (const path of [`/en/entries/${first?.id}`, from(first)]) {
    expect((await french.get(path)).text).toContain('href="https://cert.de.example/rfc2350"')
  }
})

test('RULE-3: the page is the same, byte for byte, whether or not the entry answers checks', async () => {
  const before = await Promise.all(teams.map(async (team) => (await french.get(from(team))).text))
  const [first] = teams
  if (!first) throw new Error('no team')
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    noteAnswered(tx, {
      entry: first.id,
      address: first.addresses[0]?.id,
      rung: 'confirmed',
      at: world.clock.now(),
      month: world.clock.now().toISOString().slice(0, 7),
    }),
  )
  expect((await french.get(`/en/entries/${first.id}`)).text).toContain('Last answered')
  expect(await Promise.all(teams.map(async (team) => (await french.get(from(team))).text))).toEqual(before)
})

test('every card, and every State without a matching entry, leads to what remains', async () => {
  expect((await french.get(`/en/entries/${teams[0]?.id}`)).text).toContain(`href="${from(teams[0])}"`)
  const list = await french.get('/en/find?q=Sahiliya')
  expect(list.text).toMatch(/nobody is named yet[^<]*<a href="\/en\/find\/XA">/)
  const remains = await french.get('/en/find/XA')
  expect(order(remains.text)).toEqual(['Permanent Mission of'])
  expect(remains.text).toContain('Nobody is named yet.')
})
