import { describe, expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import type { DocumentNode, Manifest } from '../structured-document.ts'
import { readNextSteps, readStep } from './next-step.ts'

const first = [
  'supports',
  'welcomes',
  'calls-upon states',
  'affirms',
  'encourages states',
  'invites states',
  'decides, 78',
]

/** Its third asks the entities of the United Nations as well: in the file a page ends before their name does. */
const second = [
  'recognizes',
  'welcomes',
  'recognizes, requests',
  'reaffirms',
  'stresses, urges stakeholders',
  'affirms',
  'encourages stakeholders',
  'welcomes, invites states',
  'reiterates',
  'notes, encourages',
  'notes',
  'encourages states',
  'urges',
  'recognizes',
  'looks-forward, 7, 2024-05-08',
  'recognizes, encourages',
  'calls-upon international-community',
  'stresses',
  'notes',
  'welcomes',
  'recognizes',
  'stresses, calls-upon stakeholders, 2030',
  'recognizes',
  'stresses, 2030',
  'encourages, urges stakeholders',
  'recognizes',
  'recognizes, calls-upon stakeholders',
  'notes',
  'encourages un-entities',
  'decides, 2025',
  'recognizes, requests secretary-general',
  'stresses, invites states',
  'takes-note',
  'takes-note',
  'recalls',
  'welcomes',
  'acknowledges',
  'encourages stakeholders',
  'recognizes',
  'recognizes, urges stakeholders',
  'recognizes',
  'notes',
  'recognizes',
  'recognizes',
  'calls-upon stakeholders',
  'invites',
  'notes',
  'invites stakeholders',
  'recognizes, encourages states',
  'encourages',
  'welcomes',
  'reaffirms',
  'acknowledges, calls-upon stakeholders',
  'notes, 27, 28, 2024, 2025',
  'looks-forward, 2025',
  'affirms',
  'requests secretary-general, 79',
  'invites chair, 2024',
  'decides, 79',
]

const steps = [
  'continues states',
  'plans working-group',
  'continues states, 6, 7, 8',
  'should states, 6, 7, 8',
  'elaborates states, requests chair',
  'requests chair',
  'continues states',
  'invites states, requests secretariat, 6, 7, 8',
  'requests chair',
  'continues states-able',
  'continues states',
  'agrees states',
  'discusses states, 6, 7, 8',
  'recommends states, requests chair',
  'encourages states',
  'continues states',
  'requests chair',
  'requests secretariat, requests secretariat, 7',
  'continues states',
  'requests chair',
  'encourages states-able, requests secretariat, encourages secretariat, 6, 2024',
  'encourages states-interested',
  'invites states-able',
  'continues states',
  'agrees states',
  'recognizes states',
  'may stakeholders',
  'continues states, requests secretariat, 6, 7, 8',
  'should states-able',
]

/** As one line: verb and addressee of each act, then when it falls due. */
function told({ acts, due }: ReturnType<typeof readStep>): string {
  return [
    ...acts.map(({ verb, addressee }) => (addressee ? `${verb} ${addressee}` : verb)),
    ...due.sessions,
    ...due.dates,
  ].join(', ')
}

function textWith(words: string): string {
  return sourceTexts().find((text) => text.includes(words)) ?? ''
}

describe.runIf(areSourcesThere)('what real documents ask for', () => {
  test.each([
    ['36/77 -', '2022-12-07', first],
    ['132/78 -', '2023-12-19', second],
  ])(
    'CAP-12: the operative paragraphs of resolution %s: what each does, whom it asks and until when',
    (title, dated, expected) => {
      const found = [...textWith(`\n${title}`).matchAll(/^(?:- )?(\d+) - (\*\*.*)$/gm)]
      expect(found.map(([, , text = '']) => told(readStep(text, { language: 'ar', dated }, true)))).toEqual(
        expected,
      )
    },
  )

  test('CAP-12: the 29 recommended next steps of a report', () => {
    const [, ...sections] = textWith('\n21 - تواصل الدول').split('\nالخطوات التالية الموصى بها\n')
    const found = sections.flatMap((section) => {
      const [body = ''] = section.split(/\n\p{L}+ - /u)
      return [...body.matchAll(/^(?:- )?\d+ - ((?:.|\n(?!(?:- )?\d+ - ))*)/gm)].map(([, text = '']) =>
        // A note of the foot of a page may cut a paragraph.
        told(
          readStep(text.replaceAll(/^\(\d+\).*$/gm, '').replaceAll(/\s+/g, ' '), { language: 'ar' }, false),
        ),
      )
    })
    expect(found).toEqual(steps)
  })
})

test.each<[Manifest['language'], string, string]>([
  [
    'en',
    '**Requests** the Secretary-General to report to it at its seventy-ninth session, by 2025;',
    'requests secretary-general, 79, 2025',
  ],
  [
    'en',
    '**Notes** the progress, and invites Member States to share views by 31 March 2027;',
    'notes, invites states, 2027-03-31',
  ],
  [
    'fr',
    '**Prie** le Secrétaire général de lui faire rapport à sa soixante-neuvième session ;',
    'requests secretary-general, 69',
  ],
  [
    'es',
    '**Solicita** al Secretario General que la informe en su septuagésimo noveno período de sesiones;',
    'requests secretary-general, 79',
  ],
  [
    'ru',
    '**просит** Генерального секретаря представить доклад на ее семьдесят девятой сессии;',
    'requests secretary-general, 79',
  ],
  ['zh', '**请**秘书长向大会第七十九届会议提交报告；', 'requests secretary-general, 79'],
  [
    'ar',
    '**تطلب** إلى الأمين العام أن يقدم تقريرا في دورتها التاسعة والسبعين؛',
    'requests secretary-general, 79',
  ],
])('CAP-12: in %s: %s', (language, text, expected) => {
  expect(told(readStep(text, { language }, true))).toBe(expected)
})

test('CAP-12: no due date before the document itself', () => {
  const text = '**Notes** the meeting of 4 December 2023;'
  expect(told(readStep(text, { language: 'en', dated: '2023-12-19' }, true))).toBe('notes')
})

test('CAP-12: of a report, only what stands below the heading of next steps', () => {
  const manifest: Manifest = { symbol: 'A/78/265', language: 'en', kind: 'report' }
  const nodes = [
    node(0, 'document', ''),
    node(1, 'paragraph', 'States continue the discussion.'),
    node(2, 'heading', 'Recommended next steps'),
    node(3, 'paragraph', 'States to continue exchanging views.'),
    node(4, 'heading', 'Other matters'),
    node(5, 'paragraph', 'States continue the discussion.'),
  ]
  expect(readNextSteps({ manifest, nodes }).map(({ address }) => address)).toEqual(['3'])
})

function node(position: number, kind: DocumentNode['kind'], text: string): DocumentNode {
  return { position, parent: 0, kind, label: null, address: String(position), spans: [], text, notes: [] }
}
