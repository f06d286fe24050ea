import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, phone, stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import type { Entry } from './domain/entry.ts'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { noteAnswered } from './note-answered.ts'

let world: World
let technical: Visitor
let sahiliya: Entry

beforeAll(async () => {
  world = await openWorld()
  const states = ['XA', 'XB', 'XC', 'XD', 'FR', 'BR'].map(stateCode)
  await world.participate(...states)
  sahiliya = await addExample(
    world,
    stateCode('XA'),
    'technical',
    exampleContent('Sahiliya Team', {
      language: 'ar',
      entityName: { original: 'إدارة الأمن السيبرانيّ', english: 'Security Administration' },
      workingLanguages: ['ar', 'sw'],
      nationalRole: { original: 'يقرر إجراءات الاحتواء' },
      availability: { timeZone: 'Asia/Dubai', days: [], always: true },
    }),
  )
  await addExample(world, stateCode('XA'), 'diplomatic', exampleContent('Sahiliya Ministry'))
  await addExample(world, stateCode('XB'), 'technical', exampleContent('Norvalia 100% Team'))
  await addExample(world, stateCode('XC'), 'diplomatic', exampleContent('Kesh Ministry'))
  await addExample(
    world,
    stateCode('XD'),
    'technical',
    exampleContent('Hidden words', {
      cardOnly: ['entityName', 'workingLanguages', 'nationalRole'],
      nationalRole: { original: 'Zebra matters' },
      workingLanguages: ['mt'],
      addresses: [{ ...phone('+99955504042'), cardOnly: true }, email('open@ardessa.example')],
    }),
  )
  await addExample(world, stateCode('FR'), 'technical', exampleContent('French Team'))
  technical = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
})
afterAll(() => world.close())

async function names(query: string, visitor = technical): Promise<readonly string[]> {
  const page = await visitor.get(`/en/find?${query}`)
  expect(page.status).toBe(200)
  return [...page.text.matchAll(/<a href="\/en\/find\/\w\w"\s*>\s*<strong>([^<]+)/g)].map(
    ([, name = '']) => name,
  )
}

test.each([
  ['the name of a State', 'sahili', ['Sahiliya']],
  ['its name in Arabic', 'ساحليه', ['Sahiliya']],
  ['its ISO code', 'xb', ['Norvalia']],
  ['the words of the entry, with other alef and without vowel signs', 'اداره الامن السيبراني', ['Sahiliya']],
  ['the words of the unofficial translation', 'security admin', ['Sahiliya']],
  ['a working language by its name', 'Swahili', ['Sahiliya']],
  ['a State and a language together', 'sahiliya swahili', ['Sahiliya']],
  ['a regional group', 'eastern european', ['Norvalia']],
  ['a percent sign, which stands for itself', '100%', ['Norvalia']],
  ['an underscore, which stands for itself', '_', []],
])('a contact is found by %s', async (_, text, found) => {
  expect(await names(new URLSearchParams({ q: text }).toString())).toEqual(found)
})

test('a contact is found by an organization of its State; a State without one is listed with what remains', async () => {
  const page = await technical.get('/en/find?q=OAS')
  expect(page.text).toContain('Brazil')
  expect(page.text).toContain('Technical POC: nobody is named yet.')
  expect(page.text).not.toContain('French Team')
})

test('a State that has not joined is said to have not', async () => {
  expect((await technical.get('/en/find?q=Peru')).text).toContain(
    'Peru does not take part in the directory yet.',
  )
})

test('RULE-7: a POC is offered its like, and the other kind is one deliberate step away', async () => {
  const page = await technical.get('/en/find')
  expect(page.text).toContain('Security Administration')
  expect(page.text).not.toContain('Sahiliya Ministry')
  expect(page.text).toContain('href="/en/find?kind=diplomatic"')
  expect((await technical.get('/en/find?kind=diplomatic')).text).toContain('Sahiliya Ministry')
  const diplomat = await world.visitor({ role: 'poc', kind: 'diplomatic', state: stateCode('XB') })
  expect((await diplomat.get('/en/find')).text).toContain('Sahiliya Ministry')
  expect((await diplomat.get('/en/find/XA')).text).not.toContain('Security Administration')
  const mission = await world.visitor({ role: 'mission', state: stateCode('XB') })
  const all = (await mission.get('/en/find')).text
  expect(all).toContain('Sahiliya Ministry')
  expect(all).toContain('Security Administration')
})

test('"card only" values stand on the card and in no list, and are not found by their words', async () => {
  expect(await names('q=zebra')).toEqual([])
  expect(await names('q=Maltese')).toEqual([])
  const list = await technical.get('/en/find/XD')
  expect(list.text).not.toContain('Hidden words')
  expect(list.text).not.toContain('+99955504042')
  const [, card = ''] = /href="(\/en\/entries\/[^"]+)"/.exec(list.text) ?? []
  const shown = (await technical.get(card)).text
  expect(shown).toContain('Hidden words')
  expect(shown).toContain('tel:+99955504042')
  expect(shown).toContain('Zebra matters')
})

test('RULE-3: the month of the last answer stands on the contact card alone, and only for thirteen months', async () => {
  const month = async (value: string) => {
    await world.directory.database.transaction({ role: 'worker' }, (tx) =>
      noteAnswered(tx, { entry: sahiliya.id, rung: 'answered', at: world.clock.now(), month: value }),
    )
    return (await technical.get(`/en/entries/${sahiliya.id}`)).text
  }
  const now = world.clock.now()
  const before = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
  expect(await month(before(14))).not.toContain('Last answered')
  const text = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const recent = text.format(new Date(`${before(13)}-01T00:00:00Z`))
  expect(await month(before(13))).toContain(recent)
  for (const path of ['/en/find', '/en/find/XA', '/en/find?q=sahiliya'])
    expect((await technical.get(path)).text).not.toContain(recent)
  const order = await names('')
  await month(now.toISOString().slice(0, 7))
  expect(await names('')).toEqual(order)
})

test('nobody there: what remains stands in its order, with the next of the kind first', async () => {
  const page = await technical.get(`/en/find/XA?from=${sahiliya.id}`)
  expect(page.text).toContain('Nobody there?')
  expect(page.text).toMatch(
    /Technical POC[\s\S]*No other one is named[\s\S]*Diplomatic POC[\s\S]*Show 1 entry[\s\S]*Permanent Mission/,
  )
  expect((await technical.get('/en/find/PE')).status).toBe(404)
  expect((await technical.get('/en/find/..%2f')).status).toBe(404)
})

test('POC-37: the card names the directories of organizations to which both States belong', async () => {
  const french = await technical.get('/en/find?q=french%20team')
  const [, card = ''] = /href="(\/en\/entries\/[^"]+)"/.exec(french.text) ?? []
  const german = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('DE') })
  await world.participate(stateCode('DE'))
  expect((await german.get(card)).text).toContain('Organization for Security and Co-operation in Europe')
  expect((await technical.get(card)).text).not.toContain('Co-operation in Europe')
})

test('whatever is typed into the search box gives a page', async () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('\0', '%', '\\', "'", '{', '--'),
  )
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const page = await technical.get(`/ar/find?${new URLSearchParams({ q: text, kind: text })}`)
      expect(page.status).toBe(200)
    }),
    { numRuns: 30 },
  )
})
