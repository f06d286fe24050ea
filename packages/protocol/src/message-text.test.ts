import { locales } from '@parley/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyLine, anyMessage } from '../test/any-message.ts'
import { inquiry, valid } from '../test/messages.ts'
import { code } from './codes.ts'
import { machinePart } from './message-mail.ts'
import { isTwin, messageSubject, messageText } from './message-text.ts'
import { parseMessage } from './parse-message.ts'
import { reservations } from './reservations.ts'
import { fieldsOf, listTemplates, template } from './templates.ts'
import { writtenLines } from './written-lines.ts'

const runs = { numRuns: 150 }

test('what is written is read back: the machine part of any message gives the same message and text', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const parsed = parseMessage(machinePart(message))
      expect(parsed.ok && parsed.value).toEqual(message)
      expect(parsed.ok && isTwin(parsed.value, messageText(message))).toBe(true)
    }),
    runs,
  )
})

test('RULE-4: every kind of message ends with the four reservations and their paragraphs, in both languages', () => {
  for (const { kind, version } of listTemplates())
    for (const writers of locales)
      for (const addressees of locales) {
        const languages = writers === addressees ? [writers] : [writers, addressees]
        const text = bare(
          messageText(
            valid({ ...inquiry, from: party, to: party, kind, template: version, languages, values: {} }),
          ),
        )
        const wanted = reservations.flatMap((each, place) =>
          languages.map((language) => `${place + 1}. ${each.text[language]} (${each.cite[language]})`),
        )
        expect(wanted.filter((line) => !text.split('\n').includes(line))).toEqual([])
      }
})

test('POC-34: every kind of message says in both languages that its template is not an agreed one', () => {
  for (const { kind, version } of listTemplates()) {
    const text = bare(messageText(valid({ ...inquiry, kind, template: version, values: {} })))
    expect(text).toContain('no es una plantilla acordada por los Estados')
    expect(text).toContain('وليس نموذجا اتفقت عليه الدول')
  }
})

test('REAL, EXERCISE or TEST is the first line, and the second says it in the addressee’s words', () => {
  expect(bare(messageText(inquiry)).split('\n').slice(0, 2)).toEqual([
    '=== REAL ===',
    'رسالة حقيقية: تتعلق بأحداث حقيقية، وليست عملية محاكاة ولا اختبارا.',
  ])
  const exercise = valid({ ...inquiry, nature: 'EXERCISE', exercise: 'Faro 2026' })
  expect(bare(messageText(exercise))).toMatch(
    /^=== EXERCISE ===\n[^\n]+\n[^\n]+\n[^\n]+\n[^\n]+\n\| Faro 2026\n/,
  )
})

test('the text holds every value as it was typed, every code’s label and every file in both languages', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const text = messageText(message)
      const typed = unfold(text)
      const form = template(message.kind, message.template)
      for (const field of form ? fieldsOf(form) : []) {
        const value = message.values[field.id]
        if (value === undefined) continue
        if (field.type === 'line' || field.type === 'text') expect(typed).toContain(plain(String(value)))
        else if (!('list' in field))
          expect(text).toContain(String(value).replace('T', ' ').replace('Z', ' UTC'))
        else
          for (const each of [value].flat())
            for (const language of message.languages)
              expect(text).toContain(code(field.list, String(each))?.label[language])
      }
      for (const { name, sha256 } of message.attachments) {
        expect(typed).toContain(plain(name))
        expect(text).toContain(sha256)
      }
    }),
    runs,
  )
})

test('two messages never have the same text: whatever a program reads, a person can see', () => {
  fc.assert(
    fc.property(anyMessage, anyMessage, (one, other) => {
      const mixed = valid({ ...one, from: other.from, languages: other.languages, to: other.to })
      for (const message of [other, mixed])
        expect(messageText(one) === messageText(message)).toBe(machinePart(one) === machinePart(message))
    }),
    runs,
  )
  const named = valid({ ...inquiry, from: { ...party, entity: 'CERT', name: 'Ana' } })
  const joined = valid({ ...inquiry, from: { ...party, entity: 'CERT Ana' } })
  expect(messageText(named)).not.toBe(messageText(joined))
})

test('a changed byte is noticed, in the text and in the machine part', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, place, by) => {
      const text = new TextEncoder().encode(messageText(message))
      const changed = changeByte(text, place % (text.length - 1), by)
      expect(isTwin(message, new TextDecoder().decode(changed))).toBe(false)
      const part = new TextEncoder().encode(machinePart(message))
      const read = parseMessage(new TextDecoder().decode(changeByte(part, place % part.length, by)))
      if (read.ok && machinePart(read.value) !== machinePart(message))
        expect(isTwin(read.value, messageText(message))).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('line ends of mail programs change nothing, and nothing else is passed over', () => {
  const text = messageText(inquiry)
  expect(isTwin(inquiry, text.replaceAll('\n', '\r\n'))).toBe(true)
  expect(isTwin(inquiry, `${text}\r\n\r\n`)).toBe(true)
  expect(isTwin(inquiry, text.replace('01:10', '01:11'))).toBe(false)
  expect(isTwin(inquiry, `[EXTERNAL]\n${text}`)).toBe(false)
  expect(isTwin(inquiry, text.replaceAll(/\p{Bidi_Control}/gu, ''))).toBe(false)
})

test('RULE-4: nothing typed begins a line but behind a bar: no value passes for a heading, a reservation or the end', () => {
  fc.assert(
    fc.property(anyMessage, fc.array(anyLine(300), { minLength: 1 }), (message, lines) => {
      const silent = messageText(valid({ ...message, values: { ...message.values, free: 'x' } }))
      const said = messageText(
        valid({
          ...message,
          values: { ...message.values, free: lines.join('\n').slice(0, 4000).toWellFormed().concat('.') },
        }),
      )
      expect(frame(said)).toEqual(frame(silent))
    }),
    runs,
  )
})

test('a folded line shows where it goes on, and gives back what was typed', () => {
  fc.assert(
    fc.property(fc.array(anyLine(300)), fc.boolean(), (lines, mixed) => {
      const value = lines.join('\n')
      expect(unfold(writtenLines(value, mixed).join('\n'))).toBe(plain(value))
    }),
    runs,
  )
  expect(writtenLines(`${'word '.repeat(20)}end`, false)).toEqual([
    `| ${'word '.repeat(14).trimEnd()}`,
    `¦${' word'.repeat(6)} end`,
  ])
  const hash = 'f'.repeat(128)
  expect(writtenLines(`sha512 ${hash}`, false)).toEqual(['| sha512', `¦ ${hash}`])
  expect(writtenLines('询'.repeat(40), false)).toEqual([`| ${'询'.repeat(36)}`, `¦${'询'.repeat(4)}`])
})

test('directional controls stay within their line: every isolate that a line opens is closed on it', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      for (const line of messageText(message).split('\n')) {
        let depth = 0
        for (const [control] of line.matchAll(/[\u2066-\u2069]/g)) {
          depth += control === '\u2069' ? -1 : 1
          expect(depth).toBeGreaterThanOrEqual(0)
        }
        expect(depth).toBe(0)
        // An override outside every isolate would reorder the bar itself.
        expect(line.replace(/[\u2066-\u2068].*\u2069/u, '')).not.toMatch(/[\u202a-\u202e]/)
      }
    }),
    runs,
  )
})

test('a message between two languages from left to right is plain text without a single control', () => {
  expect(messageText(valid({ ...inquiry, languages: ['es', 'en'], from: party, to: party }))).not.toMatch(
    /\p{Bidi_Control}/u,
  )
})

test('the subject tells nature, kind, reference and marking, and nothing that was typed', () => {
  expect(bare(messageSubject(inquiry))).toBe('[REAL] استفسار / Consulta K7QM-4TXD TLP:AMBER')
})

const party = { state: 'XA', kind: 'technical', entity: 'CERT' }

/** The lines that are not of anything typed. */
function frame(text: string): readonly string[] {
  return text.split('\n').filter((line) => !/^(?:\| |\|$|¦)/.test(line))
}

function unfold(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^\|$/, '| '))
  return plain(
    lines
      .map((line) => line.replace(/^\| /, '\n').replace(/^¦/, ''))
      .join('')
      .replace(/^\n/, ''),
  )
}

function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}

function bare(text: string): string {
  return text.replace(/\p{Bidi_Control}/gu, '')
}

function changeByte(bytes: Uint8Array, place: number, by: number): Uint8Array {
  return bytes.map((byte, at) => (at === place ? (byte + by) % 256 : byte))
}
