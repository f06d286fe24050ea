import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Entry } from './domain/entry.ts'
import { noteAnswered } from './note-answered.ts'

let world: World
let entry: Entry
beforeAll(async () => {
  world = await openWorld()
  await world.participate(stateCode('XA'), stateCode('XB'))
  const person = { holder: 'representative', personName: 'Noor Example', cardOnly: ['person'] } as const
  entry = await addExample(world, stateCode('XA'), 'technical', exampleContent('Sahiliya CERT', person))
})
afterAll(() => world.close())

const path = () => `/en/entries/${entry.id}/card.vcf`

test('POC-09: a signed-in user of a participating State takes one card home, with what stands on it only', async () => {
  const diplomat = await world.visitor({ role: 'poc', kind: 'diplomatic', state: stateCode('XB') })
  const { status, headers, text } = await diplomat.get(path())
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/vcard; charset=utf-8')
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="XA-technical-${entry.id.slice(0, 8)}.vcf"`,
  )
  expect(headers.get('cache-control')).toBe('no-store')
  expect(text).toContain('FN;LANGUAGE=en:Noor Example')
  expect((await diplomat.get(`/en/entries/${entry.id}`)).text).toContain(path())
})

test('nobody else takes a card: no stranger, and no State that does not take part', async () => {
  expect((await (await world.visitor()).get(path())).location).toContain('/en/sign-in')
  const outsider = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XK') })
  expect((await outsider.get(path())).status).toBe(404)
})

test('RULE-3: the month of the last answer is in no file', async () => {
  const month = '2019-07'
  const answered = { entry: entry.id, rung: 'answered', month, at: world.clock.now() } as const
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    noteAnswered(tx, { ...answered, address: undefined }),
  )
  const diplomat = await world.visitor({ role: 'poc', kind: 'diplomatic', state: stateCode('XB') })
  const { text } = await diplomat.get(path())
  expect(text).not.toMatch(/2019|answered/i)
})

test('RULE-9: the manager who takes a card leaves the line that looking at it leaves; others leave none (RULE-12)', async () => {
  const mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  const before = (await mission.get('/en/our-history')).text.split('A contact card was opened').length
  await (await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })).get(path())
  await (await world.visitor({ role: 'manager' })).get(path())
  const after = (await mission.get('/en/our-history')).text.split('A contact card was opened').length
  expect(after - before).toBe(1)
})
