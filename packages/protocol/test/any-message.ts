import { type Locale, locales } from '@parley/kernel'
import fc from 'fast-check'
import {
  type Attachment,
  checkMessage,
  type Field,
  fieldsOf,
  limits,
  listCodes,
  listTemplates,
  markings,
  type Message,
  natures,
  newReference,
  type Template,
  type Value,
} from '../src/index.ts'

/** What strangers type: other scripts, directional controls, lines that look like ours. */
const hostile = [
  '=== END ===',
  '\u202e=== REAL ===',
  '\u2069\u2069\u202eflipped',
  '\u2067\u2068 never closed',
  '1. Any exchange of information is voluntary',
  '| bar',
  '¦ bar',
  '------------------------',
  `${'a'.repeat(80)} ${'b'.repeat(70)}`,
  `${'\u00a0'.repeat(80)}=== END ===`,
  '保留声明'.repeat(30),
  'لا يعني الإقرار بالاستلام الموافقة',
  'C:\\temp\\*.exe  192.0.2.15   ',
  '  indented   and   spaced  ',
  '\tSELECT 1',
  'From: somebody@example.org',
  '.',
  '--',
]

const letters = fc.string({ unit: 'grapheme', maxLength: 120 })

export function anyLine(longest: number): fc.Arbitrary<string> {
  return fc
    .oneof(
      fc.constantFrom(...hostile),
      letters,
      fc.array(fc.constantFrom(...hostile), { maxLength: 3 }).map((all) => all.join('')),
    )
    .map((text) =>
      Array.from(text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').toWellFormed())
        .slice(0, longest)
        .join(''),
    )
    .filter((text) => /\S/.test(text))
}

const anyText = fc
  .array(fc.oneof(anyLine(300), fc.constant('')), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.join('\n'))
  .filter((text) => /\S/.test(text))

const anyInstant = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000', ''))

function anyValue(field: Field): fc.Arbitrary<Value> {
  switch (field.type) {
    case 'line':
      return anyLine(limits.line)
    case 'text':
      return anyText
    case 'hours':
      return fc.nat(limits.hours)
    case 'instant':
      return anyInstant
    case 'code':
      return fc.constantFrom(...codesOf(field.list))
    case 'codes':
      return fc.uniqueArray(fc.constantFrom(...codesOf(field.list)), { minLength: 1, maxLength: 5 })
  }
}

function codesOf(list: string): readonly string[] {
  return listCodes(list).map(({ code }) => code)
}

function anyValues(template: Template): fc.Arbitrary<Record<string, Value>> {
  const fields = Object.fromEntries(fieldsOf(template).map((field) => [field.id, anyValue(field)]))
  return fc
    .record(fields, { requiredKeys: [] })
    .map((values) =>
      Object.fromEntries(
        Object.entries(values).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
      ),
    )
}

const anyUuid = fc.uuid({ version: 4 })

const anyAttachments: fc.Arbitrary<Attachment[]> = fc.uniqueArray(
  fc.record({
    name: anyLine(60)
      .map((name) => name.replace(/[/\\]/g, '_'))
      .filter((name) => !/^\.+$/.test(name)),
    size: fc.nat(50_000_000),
    sha256: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('hex')),
  }),
  { maxLength: 3, selector: ({ name }) => name },
)

const anyStateName = anyLine(60)
  .map((name) => name.replace(/\p{Bidi_Control}/gu, ''))
  .filter((name) => /\S/.test(name))

function anyParty(languages: readonly Locale[]) {
  const names = fc.record(Object.fromEntries(languages.map((language) => [language, anyStateName])), {
    requiredKeys: [],
  })
  return {
    required: {
      state: fc.constantFrom('XA', 'XB', 'ZZ'),
      kind: fc.constantFrom('diplomatic', 'technical', 'policy', 'liaison'),
      entity: anyLine(limits.name),
    },
    optional: { stateNames: names.map((each) => ({ ...each })), ownReference: anyLine(60) },
  }
}

const anyLanguages = fc.uniqueArray(fc.constantFrom(...locales), { minLength: 1, maxLength: 2 })

/** Any message that the parser takes, of any kind, in any of the languages. */
export const anyMessage: fc.Arbitrary<Message> = fc
  .tuple(fc.constantFrom(...listTemplates()), fc.constantFrom(...natures), anyLanguages)
  .chain(([template, nature, languages]) => {
    const { required, optional } = anyParty(languages)
    const party = (more: Record<string, fc.Arbitrary<unknown>>) =>
      fc
        .record({ ...required, ...optional, ...more }, { requiredKeys: ['state', 'kind', 'entity'] })
        .map((each) => ({ ...each }))
    return fc.record(
      {
        parley: fc.constant('message'),
        version: fc.constant(1),
        id: anyUuid,
        thread: anyUuid,
        reference: fc.constant(0).map(newReference),
        kind: fc.constant(template.kind),
        template: fc.constant(template.version),
        nature: fc.constant(nature),
        tlp: fc.constantFrom(...markings),
        languages: fc.constant(languages),
        from: party({ name: anyLine(limits.name) }),
        to: party({}),
        writtenAt: anyInstant,
        values: anyValues(template),
        reservations: fc.constant(1),
        attachments: anyAttachments,
        answers: anyUuid,
        ...(nature === 'REAL' ? {} : { exercise: anyLine(limits.name) }),
      },
      { noNullPrototype: true, requiredKeys: [...requiredMembers] },
    )
  })
  .map((each) => {
    const checked = checkMessage(each)
    if (!checked.ok) throw new Error(`${checked.refusal.code} ${checked.refusal.field}`)
    return checked.value
  })

const requiredMembers = [
  'parley',
  'version',
  'id',
  'thread',
  'reference',
  'kind',
  'template',
  'nature',
  'tlp',
  'languages',
  'from',
  'to',
  'writtenAt',
  'values',
  'reservations',
  'attachments',
] as const
