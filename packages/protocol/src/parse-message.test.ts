import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyMessage } from '../test/any-message.ts'
import { inquiry } from '../test/messages.ts'
import { limits } from './message.ts'
import { machinePart } from './message-mail.ts'
import { checkMessage, parseMessage } from './parse-message.ts'

const attachment = { name: 'a.csv', size: 1, sha256: '0'.repeat(64) }
const { values } = inquiry

test.each([
  ['no object', 7, 'protocol/not-a-message'],
  ['a list', [inquiry], 'protocol/not-a-message'],
  ['another format', { ...inquiry, parley: 'snapshot' }, 'protocol/not-a-message'],
  ['a newer format', { parley: 'message', version: 2, anything: true }, 'protocol/newer-format'],
  ['a newer template', { ...inquiry, template: 2, values: { 'new-field': 1 } }, 'protocol/newer-template'],
  ['a kind that is not known', { ...inquiry, kind: 'alarm' }, 'protocol/newer-template'],
  ['newer reservations', { ...inquiry, reservations: 2 }, 'protocol/newer-template'],
  ['a member too many', { ...inquiry, extra: 1 }, 'protocol/unknown-member extra'],
  [
    'a field too many',
    { ...inquiry, values: { ...values, more: 'x' } },
    'protocol/unknown-member values.more',
  ],
  [
    'a field called like a method',
    { ...inquiry, values: { ...values, toString: 'x' } },
    'protocol/unknown-member values.toString',
  ],
  [
    'a code that is not on the list',
    { ...inquiry, values: { purpose: 'accuse' } },
    'protocol/invalid values.purpose',
  ],
  [
    'a code twice',
    { ...inquiry, values: { 'request-type': ['action', 'action'] } },
    'protocol/invalid values.request-type',
  ],
  [
    'an empty list of codes',
    { ...inquiry, values: { 'request-type': [] } },
    'protocol/invalid values.request-type',
  ],
  [
    'a text for hours',
    { ...inquiry, values: { 'answer-within': '6' } },
    'protocol/invalid values.answer-within',
  ],
  ['half an hour', { ...inquiry, values: { 'answer-within': 0.5 } }, 'protocol/invalid values.answer-within'],
  ['an empty text', { ...inquiry, values: { known: ' \n ' } }, 'protocol/invalid values.known'],
  [
    'a text that is too long',
    { ...inquiry, values: { known: 'x'.repeat(limits.text + 1) } },
    'protocol/invalid values.known',
  ],
  [
    'too many lines',
    { ...inquiry, values: { known: 'x\n'.repeat(limits.textLines) } },
    'protocol/invalid values.known',
  ],
  ['a line of two', { ...inquiry, values: { function: 'one\ntwo' } }, 'protocol/invalid values.function'],
  ['a carriage return', { ...inquiry, values: { known: 'one\rtwo' } }, 'protocol/invalid values.known'],
  ['a line separator', { ...inquiry, values: { known: 'one\u2028two' } }, 'protocol/invalid values.known'],
  ['an escape', { ...inquiry, values: { known: '\u001b[2J' } }, 'protocol/invalid values.known'],
  ['half a letter', { ...inquiry, values: { known: '\ud800' } }, 'protocol/invalid values.known'],
  ['a day that is none', { ...inquiry, writtenAt: '2026-02-30T00:00:00Z' }, 'protocol/invalid writtenAt'],
  ['a local time', { ...inquiry, writtenAt: '2026-02-20T00:00:00+01:00' }, 'protocol/invalid writtenAt'],
  ['an id in capitals', { ...inquiry, id: inquiry.id.toUpperCase() }, 'protocol/invalid id'],
  ['an answer to itself', { ...inquiry, answers: inquiry.id }, 'protocol/invalid answers'],
  ['a reference with a letter O', { ...inquiry, reference: 'KOQM-4TXD' }, 'protocol/invalid reference'],
  ['an exercise on a real message', { ...inquiry, exercise: 'Faro' }, 'protocol/invalid exercise'],
  ['a nature of one’s own', { ...inquiry, nature: 'URGENT' }, 'protocol/invalid nature'],
  ['a marking of TLP 1', { ...inquiry, tlp: 'WHITE' }, 'protocol/invalid tlp'],
  ['a seventh language', { ...inquiry, languages: ['de'] }, 'protocol/invalid languages'],
  ['three languages', { ...inquiry, languages: ['en', 'fr', 'ru'] }, 'protocol/invalid languages'],
  ['a State’s name in another language', { ...inquiry, languages: ['en'] }, 'protocol/invalid from'],
  [
    'a State’s name that turns itself around',
    { ...inquiry, to: { ...inquiry.to, stateNames: { es: '\u202eelbasnopser' } } },
    'protocol/invalid to',
  ],
  ['a State of three letters', { ...inquiry, to: { ...inquiry.to, state: 'XAA' } }, 'protocol/invalid to'],
  ['a name of the addressee', { ...inquiry, to: { ...inquiry.to, name: 'x' } }, 'protocol/invalid to'],
  [
    'a file in a folder',
    { ...inquiry, attachments: [{ ...attachment, name: '../a' }] },
    'protocol/invalid attachments',
  ],
  [
    'two files of one name',
    { ...inquiry, attachments: [attachment, attachment] },
    'protocol/invalid attachments',
  ],
  [
    'a hash that is too short',
    { ...inquiry, attachments: [{ ...attachment, sha256: '0' }] },
    'protocol/invalid attachments',
  ],
])('%s is refused', (_, value, code) => {
  const checked = checkMessage(JSON.parse(JSON.stringify(value)))
  expect(checked.ok ? '' : [checked.refusal.code, checked.refusal.field].filter(Boolean).join(' ')).toBe(code)
})

test('RULE-4: a message that names a responsible State is refused, whatever the member is called', () => {
  const members = ['responsibleState', 'responsible-state', 'attribution', 'origin', 'perpetrator']
  for (const member of members) {
    for (const value of [
      { ...inquiry, [member]: 'XB' },
      { ...inquiry, values: { ...values, [member]: 'XB' } },
      { ...inquiry, to: { ...inquiry.to, [member]: true } },
    ])
      expect(checkMessage(value)).toMatchObject({ ok: false })
  }
})

test.each([
  '',
  '{',
  '[1',
  'null',
  '[]',
  '{"parley":"message"}',
  '{"parley":"message","version":"1"}',
  '['.repeat(200_000),
  `{"a":${'['.repeat(100_000)}`,
])('what is no message is refused: %.30s', (json) => {
  expect(parseMessage(json)).toMatchObject({ ok: false, refusal: { code: 'protocol/not-a-message' } })
})

test('a machine part past all measure is refused before it is read', () => {
  expect(parseMessage(`"${'x'.repeat(limits.json)}"`)).toMatchObject({
    refusal: { code: 'protocol/too-large' },
  })
})

test('__proto__ is a member like any other: refused', () => {
  const json = machinePart(inquiry)
  for (const planted of [
    json.replace('{', '{"__proto__":{"a":1},'),
    json.replace('"values":{', '"values":{"__proto__":"x",'),
  ])
    expect(parseMessage(planted)).toMatchObject({ refusal: { code: 'protocol/unknown-member' } })
})

test('the parser never throws, whatever is changed in a message', () => {
  const anything = fc.anything({ withBigInt: false, maxDepth: 3 })
  fc.assert(
    fc.property(anyMessage, anything, fc.nat(), (message, value, place) => {
      const keys = Object.keys(message)
      const key = keys[place % keys.length] ?? 'id'
      expect(typeof checkMessage({ ...message, [key]: value }).ok).toBe('boolean')
      expect(typeof checkMessage({ ...message, values: { ...message.values, free: value } }).ok).toBe(
        'boolean',
      )
      expect(typeof parseMessage(JSON.stringify({ ...message, [key]: value })).ok).toBe('boolean')
    }),
  )
})
