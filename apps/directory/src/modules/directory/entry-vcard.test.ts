import fc from 'fast-check'
import ICAL from 'ical.js'
import { newId } from '@parley/kernel'
import { expect, test } from 'vitest'
import { exampleEntry } from '../../../test/entry-examples.ts'
import { entryToVcard } from './entry-vcard.ts'

const words = { stateName: 'Sahiliya', kindName: 'Technical POC' }

/** What a reader that we did not write finds. */
function read(vcard: string): ICAL.Component {
  return ICAL.Component.fromString(vcard)
}

function values(vcard: string, name: string): readonly unknown[] {
  return read(vcard)
    .getAllProperties(name)
    .map((property) => property.getFirstValue())
}

const whole = exampleEntry({
  language: 'ar',
  holder: 'representative',
  entityName: { original: 'الفريق الوطني، قسم الطوارئ', english: 'National Team; Emergency, Section' },
  personName: 'سلمى الحريري',
  personTitle: { original: 'رئيسة المناوبة', english: 'Head of the duty team' },
  nationalRole: { original: 'ينسق\nعلى مدار الساعة', english: 'Coordinates\nat any hour' },
  description: { original: 'وصف' },
  addresses: [
    { channel: 'email', value: 'poc@cert.sahiliya.example', urgent: false, cardOnly: false },
    {
      channel: 'phone',
      value: '+99955022117',
      label: 'غرفة المناوبة',
      extension: '42',
      urgent: true,
      cardOnly: true,
    },
  ],
  workingLanguages: ['ar', 'en'],
  availability: { timeZone: 'Asia/Muscat', opens: '08:00', closes: '16:00', days: [1, 2], always: true },
  certProfile: 'https://cert.sahiliya.example/rfc2350;v=1',
})

test('POC-09: a card carries what the State wrote, in its language, with its own English beside it', () => {
  const card = read(entryToVcard(whole, words))
  const of = (name: string) =>
    card.getAllProperties(name).map((each) => [each.getParameter('language'), each.getFirstValue()])
  expect(of('fn')).toEqual([['ar', 'سلمى الحريري']])
  expect(of('org')).toEqual([
    ['ar', 'الفريق الوطني، قسم الطوارئ'],
    ['en', 'National Team; Emergency, Section'],
  ])
  expect(of('title').map(([language]) => language)).toEqual(['ar', 'en'])
  expect(of('note')).toEqual([
    ['ar', 'ينسق\nعلى مدار الساعة'],
    ['en', 'Coordinates\nat any hour'],
    ['ar', 'وصف'],
  ])
  const altids = card.getAllProperties('org').map((each) => each.getParameter('altid'))
  expect(altids).toEqual(['1', '1'])
  expect(card.getFirstPropertyValue('kind')).toBe('individual')
  expect(card.getFirstPropertyValue('uid')).toBe(`urn:uuid:${whole.id}`)
  expect(card.getFirstPropertyValue('tz')).toBe('Asia/Muscat')
  expect(card.getFirstPropertyValue('url')).toBe('https://cert.sahiliya.example/rfc2350;v=1')
})

test('POC-09: the urgent number is the preferred one, callable with its extension, under its own label', () => {
  const [phone] = read(entryToVcard(whole, words)).getAllProperties('tel')
  expect(phone?.getFirstValue()).toBe('tel:+99955022117;ext=42')
  expect(phone?.getParameter('pref')).toBe('1')
  expect(phone?.getParameter('type')).toEqual(['work', 'voice'])
  expect(phone?.getParameter('group')).toBe('item2')
})

test('an entity without a shown name still has a name: its kind and State', () => {
  const nameless = entryToVcard(exampleEntry({ entityName: { original: '' } }), words)
  expect(values(nameless, 'fn')).toEqual(['Technical POC, Sahiliya'])
  expect(values(nameless, 'org')).toEqual([])
})

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })

test('whatever a State wrote, no line is longer than 75 octets, none is cut inside a character, none is added', () => {
  const hostile = fc.constantFrom(
    '\nTEL:tel:+1',
    '\r\nEND:VCARD\r\n',
    '‮evil‬',
    '\\',
    '"',
    ';',
    ',',
    '\u0085',
    '👩🏽‍🚒',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(anyText, hostile), { minLength: 1, maxLength: 8 }), (parts) => {
      const original = `x${parts.join('')}`
      const vcard = entryToVcard(exampleEntry({ id: newId(), entityName: { original } }), words)
      const lines = vcard.split('\r\n')
      expect(lines.at(-1)).toBe('')
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
      expect(lines.filter((line) => line.includes('\ufffd') && !original.includes('\ufffd'))).toEqual([])
      expect(lines.filter((line) => line.startsWith('END:VCARD')).length).toBe(1)
      expect(values(vcard, 'tel').length).toBe(1)
      expect(vcard).not.toMatch(/(?![\r\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    }),
  )
})

test('a text comes out of another reader as it went in', () => {
  const plain = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(plain, (original) => {
      const vcard = entryToVcard(exampleEntry({ entityName: { original } }), words)
      expect(values(vcard, 'org')).toEqual([original])
    }),
  )
})
