import { latinDigits, type Locale, locales } from '@parley/kernel'
import {
  hasReservations,
  listTemplates,
  messageText,
  template as findTemplate,
  type Template,
} from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PageWords } from './page-words.ts'
import { domainOf, readAddress, type Typed, valueId, writeMessage } from './write-message.ts'

const names = Object.fromEntries(locales.map((locale) => [locale, `State (${locale})`]))
const page: PageWords = {
  kind: 'inquiry',
  template: 1,
  languages: locales,
  theirs: 'ar',
  entry: 'e',
  card: '/entries/e',
  from: {
    state: 'XA',
    stateNames: names,
    kind: 'technical',
    kindNames: {},
    entity: 'Team',
    name: '',
    address: '',
  },
  to: {
    state: 'XB',
    stateNames: names,
    kind: 'technical',
    kindNames: {},
    entity: '',
    emails: [],
    phones: [],
  },
  directories: {},
  hasKey: false,
}
const minted = {
  id: '1b671a64-40d5-491e-99b0-da01ff1f3341',
  thread: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  reference: 'K7QM-4TXD',
  at: new Date('2026-11-27T02:00:00.123Z'),
}
const untouched: Typed = { nature: 'REAL', tlp: 'AMBER' }

function inquiry(): Template {
  const found = findTemplate('inquiry', 1)
  if (!found) throw new Error('no template')
  return found
}

function write(typed: Typed, writer: Locale = 'fr') {
  return writeMessage(page, inquiry(), { ...untouched, ...typed }, writer, minted)
}

test.each(listTemplates().map((each) => [each.kind, each] as const))(
  'RULE-2: a message of the kind %s with nothing filled in is a message',
  (_, each) => {
    for (const writer of locales) {
      const written = writeMessage(page, each, untouched, writer, minted)
      expect(written.ok && hasReservations(messageText(written.message))).toBe(true)
      expect(written.ok && written.message.languages).toEqual(writer === 'ar' ? ['ar'] : [writer, 'ar'])
    }
  },
)

test('what was typed stands in the message as it was typed; what no message holds is taken out', () => {
  const written = write({
    name: ' Noor\tExample ',
    [valueId({ id: 'known' })]: 'one\r\ntwo\u2028three\0\u0007  \n\n',
    [valueId({ id: 'answer-within' })]: '٦',
    [valueId({ id: 'began-at' })]: '2026-11-27T02:00',
    [valueId({ id: 'request-type' })]: ['action'],
    reference: 'k7qm 4txd',
  })
  if (!written.ok) throw new Error(JSON.stringify(written.problems))
  expect(written.message.from.name).toBe('Noor Example')
  expect(written.message.reference).toBe('K7QM-4TXD')
  expect(written.message.values).toEqual({
    known: 'one\ntwo\nthree',
    'answer-within': 6,
    'began-at': '2026-11-27T02:00:00Z',
    'request-type': ['action'],
  })
  expect(written.details.map(({ id }) => id)).toEqual(['began-at', 'known'])
})

test.each([
  [{ [valueId({ id: 'answer-within' })]: 'soon' }, 'value-answer-within', 'composer/hours'],
  [{ [valueId({ id: 'answer-within' })]: '8761' }, 'value-answer-within', 'composer/hours'],
  [{ [valueId({ id: 'known' })]: 'x'.repeat(10_001) }, 'value-known', 'composer/too-long'],
  [{ [valueId({ id: 'function' })]: 'x'.repeat(301) }, 'value-function', 'composer/too-long'],
  [{ [valueId({ id: 'known' })]: 'x\n'.repeat(600) }, 'value-known', 'composer/invalid'],
  [{ [valueId({ id: 'began-at' })]: '2026-02-30T00:00' }, 'value-began-at', 'composer/instant'],
  [{ [valueId({ id: 'purpose' })]: 'accuse' }, 'value-purpose', 'composer/invalid'],
  [{ reference: 'ring me' }, 'reference', 'composer/reference'],
  [{ entity: 'x'.repeat(201) }, 'entity', 'composer/too-long'],
])('%o is wrong at %s: %s', (typed, control, code) => {
  expect(write(typed)).toMatchObject({ ok: false, problems: [{ control, code }] })
})

test('RULE-4: no field of the form names a responsible State, and nothing that is typed makes one', () => {
  const written = write({ 'responsible-state': 'XB', [valueId({ id: 'responsible-state' })]: 'XB' })
  expect(written.ok && JSON.stringify(written.message)).not.toContain('responsible')
})

test('whatever is typed, there is a message or a reason', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 400 }))
  const fields = inquiry().steps.flatMap((step) => step.fields.map(valueId))
  const ids = [...fields, 'name', 'entity', 'own-reference', 'their-reference', 'reference', 'exercise']
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...ids), anything), (typed) => {
      const written = write({ nature: 'TEST', ...typed })
      if (written.ok) expect(messageText(written.message)).toContain('K7QM-4TXD'.slice(4, 5))
      else expect(written.problems.every(({ control }) => ids.includes(control))).toBe(true)
    }),
    { numRuns: 300 },
  )
  expect(latinDigits('٦')).toBe('6')
})

test('an address that an e-mail can go to, and its domain in ASCII', () => {
  expect(readAddress(' poc@xb.example ')).toBe('poc@xb.example')
  for (const wrong of ['', 'poc', 'a@b@c', 'a b@c', 'a@b\r\nBcc: x@y', 'a@b?cc=x@y', '"a"@b', 'a@b,c@d'])
    expect(readAddress(wrong)).toEqual({ code: 'composer/address' })
  expect(domainOf('poc@bücher.example')).toBe('xn--bcher-kva.example')
  expect(domainOf('poc@ ')).toBe('invalid')
})
