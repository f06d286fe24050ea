import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'

let world: World
let mission: Visitor
let reader: Visitor
const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  mission = await world.visitor({ role: 'mission', state: sahiliya })
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: norvalia })
})
afterAll(() => world.close())

const fields = {
  kind: 'technical',
  language: 'en',
  entityName: 'Duty team',
  email1: 'duty@sahiliya.example',
}

const add = (more: Readonly<Record<string, string>>) =>
  mission.post('/en/entries/new', { ...fields, ...more })

/** The card of what was saved, as a reader of another State sees it. */
async function cardOf(more: Readonly<Record<string, string>>, locale = 'en'): Promise<string> {
  const saved = await add(more)
  expect(saved.status).toBe(303)
  return (await reader.get(saved.location.replace(/\?.*/, '').replace('/en/', `/${locale}/`))).text
}

test.each([
  ['Latin with a Cyrillic letter', 'Nаtional CERT'],
  ['Latin with a Greek letter', 'Νational CERT'],
])(
  'POC-09: a name in %s is saved, with a warning for the State and a mark for the reader',
  async (_, name) => {
    const saved = await add({ entityName: name })
    expect(saved.status).toBe(303)
    expect((await mission.get(saved.location)).text).toContain('mixes letters of scripts that look alike')
    expect((await reader.get(saved.location.replace(/\?.*/, ''))).text).toContain('mixes letters')
  },
)

test('POC-09: bidirectional and zero-width controls in a name are shown as marks, and the name is isolated', async () => {
  const card = await cardOf({
    entityName: 'Team \u202Egnitteg\u202C \u200Bone',
    personName: 'A\u2066 Person',
  })
  expect(card).toContain('<bdi lang="en" dir="ltr">Team ⟨U+202E⟩gnitteg⟨U+202C⟩ ⟨U+200B⟩one</bdi>')
  expect(card).toContain('A⟨U+2066⟩ Person')
  const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(card) ?? []
  expect(main).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069]/)
})

test.each(['\u202E', '\u200B', '\u2066', '\u200F', '\uFEFF', '\u00AD'])(
  'POC-09: an address with an invisible control (%j) is refused, and what was typed stays',
  async (control) => {
    const refused = await add({ email1: `du${control}ty@sahiliya.example`, entityName: 'Typed at length' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('holds characters that cannot be seen')
    expect(refused.text).toContain('Typed at length')
  },
)

test.each([
  ['Arabic-Indic', '+٩٩٩٥٥٥٠١٧٤٢'],
  ['Persian, with marks of direction', '\u200e+۹۹۹ ۵۵۵-۰۱۷۴۲\u200f'],
  ['full-width', '＋９９９５５５０１７４２'],
])('POC-09: a number in %s digits is the same number, and calls', async (_, typed) => {
  const card = await cardOf({ phone1: typed, urgent: '1' }, 'ar')
  expect(card).toContain('href="tel:+99955501742"')
})

test('POC-09: an Arabic name of two hundred characters is saved and shown whole, from right to left', async () => {
  const name = 'المركز الوطني للاستجابة لحوادث أمن المعلومات والاتصالات '.repeat(4).slice(0, 200).trim()
  const card = await cardOf({ language: 'ar', entityName: name }, 'ar')
  expect(card).toContain(`<bdi lang="ar" dir="rtl">${name}</bdi>`)
})

test('of two people who edit at once, the later one learns of a restored value too and loses nothing typed', async () => {
  const entry = (await add({})).location.replace(/\?.*/, '')
  await mission.post(`${entry}/change`, { ...fields, version: '1', email1: 'other@sahiliya.example' })
  const [, change = ''] = /href="([^"]+\/changes\/[^"]+)"/.exec((await mission.get(entry)).text) ?? []
  const second = await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  const form = await second.get(`${entry}/change`)
  const [, version = ''] = /name="version" value="(\d+)"/.exec(form.text) ?? []
  expect((await mission.post(change, { outcome: 'restored', version })).status).toBe(303)
  const late = await second.post(`${entry}/change`, { ...fields, version, nationalRole: 'Typed at length' })
  expect(late.status).toBe(409)
  expect(late.text).toMatch(/E-mail addresses: duty@sahiliya\.example/)
  expect(late.text).toContain('Typed at length')
})
