import { readForm } from '@parley/web'
import fc from 'fast-check'
import type { Entry, EntryContent } from '../src/modules/directory/domain/entry.ts'
import { cardOnlyFields } from '../src/modules/directory/domain/entry.ts'
import { contentOf, entryFields } from '../src/modules/directory/entry-fields.ts'
import { exampleEntry } from './entry-examples.ts'
import { stateCode } from './nominate.ts'

const bit = fc.constantFrom(
  '=',
  '+1',
  '-',
  '@x',
  "'",
  '"',
  ',',
  ';',
  '\\',
  '\\n',
  ':',
  '.',
  ' ',
  'a',
  'Team',
  'é',
  'ß',
  '组',
  'فريق',
  'ё',
  '😀',
  '<b>',
)
const words = fc.array(bit, { minLength: 1, maxLength: 12 }).map((bits) => bits.join(''))
const name = words.map((text) => `N${text}`)
const maybe = (text: fc.Arbitrary<string>) => fc.option(text, { nil: '' })
const paragraphs = fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))
const hour = fc.constantFrom('', '08:00', '23:59')
const tick = fc.constantFrom('', 'yes')

const fields = fc.record({
  language: fc.constantFrom('ar', 'zh', 'fr', 'ru', 'es'),
  holder: fc.constantFrom('entity', 'representative'),
  entityName: name,
  entityNameEnglish: maybe(words),
  description: maybe(paragraphs),
  descriptionEnglish: maybe(paragraphs),
  personName: maybe(words),
  personTitle: maybe(words),
  personTitleEnglish: maybe(words),
  nationalRole: maybe(paragraphs),
  nationalRoleEnglish: maybe(paragraphs),
  email1: fc.constant('one@cert.example'),
  email2: fc.constantFrom('', 'two@cert.example'),
  email1Label: maybe(words),
  email2Label: maybe(words),
  phone1: fc.constantFrom('', '+99955022117'),
  phone2: fc.constantFrom('', '+99955022118'),
  phone1Label: maybe(words),
  phone1Extension: fc.constantFrom('', '42', '*7#'),
  urgent: fc.constantFrom('', '1', '2'),
  languageMore: fc.constantFrom('', 'ar', 'fr, pt-BR', 'zh-Hant, en, ru, es, ar'),
  timeZone: fc.constantFrom('', 'Asia/Muscat', 'Europe/Paris'),
  opens: hour,
  closes: hour,
  days: fc.subarray(['1', '2', '5', '7']),
  always: tick,
  certProfile: fc.constantFrom('', 'https://cert.example/rfc2350?a=1,2;b'),
  alsoNominated: fc.subarray(['LAS', 'OAS', 'OSCE']),
  cardOnly: fc.subarray([...cardOnlyFields, 'email1', 'email2', 'phone1', 'phone2']),
})

/** Any entry that a State could write by the form, with texts that mean something to CSV, vCard or a spreadsheet. */
export const anyEntry: fc.Arbitrary<Entry> = fields.map((typed) => exampleEntry(contentTyped(typed)))

function contentTyped(typed: Readonly<Record<string, string | readonly string[]>>): EntryContent {
  const read = readForm(entryFields, typed)
  if (!read.ok) throw new Error(`No form takes this: ${JSON.stringify(read.errors)}`)
  const content = contentOf(read.input, stateCode('XA'))
  if (!content.ok) throw new Error(content.refusal.code)
  return content.value
}
