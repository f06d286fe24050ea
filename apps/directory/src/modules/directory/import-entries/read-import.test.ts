import fc from 'fast-check'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { anyEntry } from '../../../../test/any-entry.ts'
import { exampleEntry } from '../../../../test/entry-examples.ts'
import { listText } from '../../../../test/list-text.ts'
import { canonical } from '@parley/kernel'
import { processorTime } from '@parley/testkit'
import { describe } from '../domain/describe.ts'
import { listFormats } from '../list-file.ts'
import { fieldsOfCells } from './fields-of-cells.ts'
import { readImport } from './read-import.ts'
import { entriesJson } from './read-json.ts'
import { weigh } from './weigh-record.ts'

const entry = exampleEntry({
  language: 'ar',
  holder: 'representative',
  entityName: { original: 'الفريق الوطني، قسم الطوارئ', english: 'National Team; Emergency' },
  personName: '=سلمى الحريري',
  personTitle: { original: '+رئيسة', english: 'Head, of "duty"' },
  nationalRole: { original: 'سطر\nوسطر', english: 'One line\nand another' },
  description: { original: '-وصف', english: '@Description' },
  addresses: [
    { channel: 'email', value: 'poc@cert.sahiliya.example', label: 'القسم', urgent: false, cardOnly: false },
    { channel: 'phone', value: '+99955022118', urgent: false, cardOnly: false },
    {
      channel: 'phone',
      value: '+99955022117',
      extension: '42',
      label: 'المناوب',
      urgent: true,
      cardOnly: false,
    },
  ],
  workingLanguages: ['ar', 'pt-BR'],
  availability: { timeZone: 'Asia/Muscat', opens: '08:00', closes: '16:00', days: [1, 2], always: true },
  certProfile: 'https://cert.sahiliya.example/rfc2350',
  alsoNominated: ['OIC', 'LAS'],
})

test.each(listFormats)('POC-09: what was written as %s is read back as the same entry', async (written) => {
  const [record] = recordsOf(await listText(written, [entry]))
  if (!record || !('cells' in record)) throw new Error('nothing was read')
  const { fields, errors } = fieldsOfCells(record.cells, 'en')
  expect(errors).toEqual([])
  const fresh = weigh(fields, entry.state, undefined)
  expect(fresh.ok && canonical(describe(fresh.value.content))).toBe(canonical(describe(entry)))
  expect(weigh(fields, entry.state, entry)).toMatchObject({ ok: true, value: { differences: [] } })
})

test.each(listFormats)(
  'POC-38: an import of an untouched list in %s changes nothing of any entry, nor of what is for the card only',
  async (written) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 4 }), async (entries) => {
        const read = recordsOf(await listText(written, entries))
        expect(read.length).toBe(entries.length)
        for (const [at, record] of read.entries()) {
          const live = entries[at]
          if (!live || !('cells' in record)) throw new Error('nothing was read')
          expect(record.cells['id']).toBe(live.id)
          const { fields, errors } = fieldsOfCells(record.cells, live.language)
          expect(errors).toEqual([])
          expect(weigh(fields, live.state, live)).toMatchObject({ ok: true, value: { differences: [] } })
        }
      }),
      { numRuns: 300 },
    )
  },
)

function recordsOf(text: string) {
  const read = readImport(text)
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}

test('POC-38: the card of another directory is read: version 3.0, folded, with groups and bare types', () => {
  const foreign = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Example;Noor;;;',
    'FN:Noor Example',
    'ORG:National CERT;Duty section',
    'item1.EMAIL;type=INTERNET;type=pref:duty@cert.example',
    'item1.X-ABLabel:Duty',
    'TEL;TYPE=FAX:+999 1',
    'TEL;WORK;VOICE;PREF:+999 555 0',
    '  22117',
    'NOTE:Works with\\, and\\nfor others',
    'END:VCARD',
  ].join('\r\n')
  expect(recordsOf(foreign)).toMatchObject([
    {
      cells: {
        id: '',
        holder: 'representative',
        entity_name: 'National CERT, Duty section',
        person_name: 'Noor Example',
        email_1: 'duty@cert.example',
        email_1_label: 'Duty',
        phone_1: '+999 555 0 22117',
        urgent_phone: '+999 555 0 22117',
        description: 'Works with, and\nfor others',
      },
    },
  ])
})

test('JSON of our format is read; a record that is no record does not spoil the others', () => {
  const text = JSON.stringify({
    format: 'parley-entries-1',
    entries: [{ entity_name: 'One', unknown: 1 }, 'nothing', { entity_name: 7 }],
  })
  expect(recordsOf(text)).toEqual([
    { number: 1, cells: { entity_name: 'One' } },
    { number: 2, problem: 'directory/import-line-broken' },
    { number: 3, problem: 'directory/import-line-broken' },
  ])
})

test('one broken record is named by its place, and the others are read', () => {
  const csv = 'entity_name,email_1\nGood,a@b.example\nBro"ken,"x"y\nBetter,c@d.example\n'
  const records = recordsOf(csv)
  expect(records.filter((record) => 'problem' in record).length).toBe(1)
  expect(records.flatMap((record) => ('cells' in record ? [record.cells['entity_name']] : []))).toEqual([
    'Good',
    'Better',
  ])
  const cards =
    'BEGIN:VCARD\nVERSION:2.1\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nORG:Good\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0'
  expect(recordsOf(cards).map((record) => ('problem' in record ? record.problem : 'read'))).toEqual([
    'directory/import-vcard-version',
    'read',
    'directory/import-line-broken',
  ])
})

test.each([
  ['directory/import-empty', ' \n'],
  ['directory/import-encoding', 'entity_name\nCaf\ufffd'],
  ['directory/import-too-large', `BEGIN:VCARD\nNOTE:${'x'.repeat(10 * 1024 * 1024)}\nEND:VCARD`],
  ['directory/import-too-many', `entity_name\n${'x\n'.repeat(2001)}`],
  ['directory/import-unreadable', 'name,mail\nx,y'],
  ['directory/import-unreadable', '{"format":"other","entries":[]}'],
  ['directory/import-unreadable', '['.repeat(500_000)],
])('%s is the answer to what cannot be taken', (code, text) => {
  const read = readImport(text)
  expect(read.ok ? '' : read.refusal).toBe(code)
})

test('a mark that turns a line round is refused by its field; an apostrophe before a formula is taken away', () => {
  const [turned, formula] = recordsOf(
    "entity_name,email_1\nCERT \u202eelpmaxe,a@b.example\n'=1+1,a@c.example",
  )
  expect(turned && 'cells' in turned && fieldsOfCells(turned.cells, 'en').errors).toEqual([
    { field: 'entityName', code: 'directory/import-controls' },
  ])
  expect(formula && 'cells' in formula && formula.cells['entity_name']).toBe('=1+1')
})

test('whatever a file holds, reading it ends with records or a refusal', () => {
  const part = fc.constantFrom(
    'BEGIN:VCARD\n',
    'VERSION:4.0\n',
    'TEL;X="',
    ';',
    ':',
    '"',
    '\\',
    ',',
    '\n ',
    'END:VCARD\n',
    '{',
    '[',
    'entity_name',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
      for (const start of ['', 'BEGIN:VCARD\n', 'entity_name,email_1\n'])
        expect(readImport(start + parts.join(''))).toHaveProperty('ok')
    }),
  )
})

test('a line as long as a file may be is read in no time', () => {
  const began = processorTime()
  const long = 'x'.repeat(500_000)
  recordsOf(`BEGIN:VCARD\nVERSION:4.0\nTEL;TYPE=${'a,'.repeat(200_000)}:1\nNOTE:${long}\nEND:VCARD`)
  recordsOf(`entity_name\n"${'""'.repeat(20_000)}"`)
  expect(processorTime() - began).toBeLessThan(2_000)
})

test('docs/formats/entries.schema.json says what is read (vitest --update writes it anew)', async () => {
  const schema = await format(JSON.stringify(z.toJSONSchema(entriesJson)), { parser: 'json' })
  await expect(schema).toMatchFileSnapshot('../../../../../../docs/formats/entries.schema.json')
})
