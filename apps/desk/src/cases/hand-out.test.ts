import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { after, hour } from '@parley/kernel'
import { expect, test } from 'vitest'
import { begin, caseOf, consent, message, opened, type Said } from '../../test/case-lines.ts'
import { amal, beginDesk, refusalOf, valueOf } from '../../test/desk-folder.ts'
import type { Recipient } from '../record/events.ts'
import type { Case } from './case.ts'
import { foldCase } from './fold.ts'
import { decideHandOut } from './hand-out.ts'
import { handOutCsv, handOutJson } from './hand-out-files.ts'
import { takeOut } from './take-out.ts'

const at = after(begin, 50 * hour)
const vendor: Recipient = { kind: 'third-party', name: 'Corvid Security Ltd' }
const ministry: Recipient = { kind: 'internal', name: 'Ministry of Transport' }
const theirGovernment: Recipient = { kind: 'counterpart', state: 'QM', name: 'Merrow Ministry' }

function decide(each: Case, recipient: Recipient, lines?: readonly number[]) {
  return decideHandOut({ cases: [each], recipient, at, by: amal.name, ...(lines && { lines }) })
}

const exchange = [opened(), message('theirs', 'Our indicators'), message('ours', 'Our finding')] as const

test.each<[string, readonly Said[], string | undefined]>([
  ['without any consent', [], 'desk/consent-missing'],
  ['with ours only', [consent('ours')], 'desk/consent-missing-theirs'],
  ['with theirs only', [consent('theirs')], 'desk/consent-missing-ours'],
  ['with both', [consent('ours'), consent('theirs')], undefined],
  [
    'with both, for this recipient',
    [consent('ours', { with: 'CORVID security ltd' }), consent('theirs')],
    undefined,
  ],
  [
    'with theirs for another recipient',
    [consent('ours'), consent('theirs', { with: 'Someone else' })],
    'desk/consent-missing-theirs',
  ],
  [
    'with theirs for one line of two',
    [consent('ours'), consent('theirs', { lines: [2] })],
    'desk/consent-missing-theirs',
  ],
  [
    'with theirs from tomorrow on',
    [consent('ours'), consent('theirs', { on: '2027-01-01T00:00:00Z' })],
    'desk/consent-missing-theirs',
  ],
  [
    'with ours withdrawn',
    [
      consent('ours'),
      consent('theirs'),
      ['consent.withdrawn', { side: 'ours', who: 'D', on: begin.toISOString(), consent: 4 }],
    ],
    'desk/consent-missing-ours',
  ],
  [
    'with both before more was said',
    [consent('ours'), consent('theirs'), message('theirs', 'More')],
    'desk/consent-missing',
  ],
])('RULE-5: to a third party %s', (_, said, code) => {
  expect(refusalOf(decide(caseOf(...exchange, ...said), vendor))).toBe(code)
})

test('RULE-5: another State is a third party, the two governments are none', () => {
  const each = caseOf(...exchange)
  expect(refusalOf(decide(each, ministry))).toBeUndefined()
  expect(refusalOf(decide(each, theirGovernment))).toBeUndefined()
  expect(refusalOf(decide(each, { ...theirGovernment, state: 'QT' }))).toBe('desk/consent-missing')
})

test('RULE-5: one case without consent holds back all that would go with it', () => {
  const consented = caseOf(...exchange, consent('ours'), consent('theirs'))
  const cases = [consented, caseOf(...exchange)]
  expect(refusalOf(decideHandOut({ cases, recipient: vendor, at, by: amal.name }))).toBe(
    'desk/consent-missing',
  )
})

test('RULE-5: that a case exists is not told to a third party either', () => {
  expect(refusalOf(decide(caseOf(opened(), ['note.written', { text: 'Ours' }]), vendor))).toBe(
    'desk/consent-missing',
  )
})

test('POC-35: GREEN and CLEAR are the consent of the sender alone', () => {
  for (const tlp of ['GREEN', 'CLEAR'] as const) {
    const each = caseOf(opened(), message('theirs', 'Open', { tlp }))
    expect(refusalOf(decide(each, vendor))).toBe('desk/consent-missing-ours')
    expect(
      refusalOf(decide(caseOf(opened(), message('theirs', 'Open', { tlp }), consent('ours')), vendor)),
    ).toBeUndefined()
  }
  for (const tlp of ['AMBER', 'AMBER+STRICT', 'RED'] as const)
    expect(refusalOf(decide(caseOf(opened(), message('ours', 'Not open', { tlp })), vendor))).toBe(
      'desk/consent-missing',
    )
})

test('RULE-5: a message whose sender is in doubt consents to nothing, whatever its marking', () => {
  for (const warning of ['sender-unknown', 'sender-lookalike', 'signature-broken']) {
    const said = message('theirs', 'Open', { tlp: 'GREEN', warnings: [warning] })
    expect(refusalOf(decide(caseOf(opened(), said, consent('ours')), vendor))).toBe(
      'desk/consent-missing-theirs',
    )
  }
})

test('POC-35: a forward is held to the lines that it forwards', () => {
  const each = caseOf(...exchange, consent('ours', { lines: [2] }), consent('theirs', { lines: [2] }))
  expect(refusalOf(decide(each, vendor, [3]))).toBe('desk/consent-missing')
  expect(valueOf(decide(each, vendor, [2])).cases[0]?.lines).toHaveLength(1)
})

test('RULE-5: a third party gets what was exchanged, and nothing that is ours alone', () => {
  const each = caseOf(
    opened(),
    message('theirs', 'Our indicators', { address: 'duty@merrow.example', warnings: ['not-the-same-text'] }),
    ['note.written', { text: 'We doubt it' }],
    ['case.acknowledged', { side: 'ours' }],
    consent('ours'),
    consent('theirs'),
  )
  const handOut = valueOf(decide(each, vendor))
  expect(handOut.cases[0]?.lines.map(({ what }) => what)).toEqual(['message.received'])
  const said = handOutJson(handOut) + handOutCsv(handOut)
  for (const own of ['We doubt it', 'Port of Serrant', amal.name, 'duty@', 'not-the-same', 'Director'])
    expect(said).not.toContain(own)
  expect(valueOf(decide(each, theirGovernment)).cases[0]?.lines.map(({ what }) => what)).toEqual([
    'message.received',
    'case.acknowledged',
  ])
})

test('POC-22: an escalation is in nothing that is handed out, and nothing tells that it was there', () => {
  const escalation: Said = ['case.escalated', { office: 'Cabinet', note: 'Minister told' }]
  const parts: readonly Said[] = [
    ...exchange,
    ['case.acknowledged', { side: 'ours' }],
    consent('ours'),
    consent('theirs'),
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: parts.length }),
      fc.constantFrom(ministry, theirGovernment, vendor),
      (place, recipient) => {
        const files = (said: readonly Said[]) => {
          const handOut = valueOf(decide(caseOf(...said), recipient))
          return [handOutJson(handOut), handOutCsv(handOut)]
        }
        expect(files(parts.toSpliced(place, 0, escalation))).toEqual(files(parts))
      },
    ),
  )
})

test('what this version does not know is not handed out', () => {
  const each = caseOf(...exchange)
  const newer = {
    n: 9,
    at,
    by: 'Amal',
    files: [],
    case: 'one',
    known: false,
    what: 'case.briefed',
    content: 'Cabinet',
  } as const
  const handOut = valueOf(decide({ ...each, lines: [...each.lines, newer] }, ministry))
  expect(handOutJson(handOut)).not.toContain('Cabinet')
})

test('an export of the own government says that it is internal, in each row, and spreadsheets read it', () => {
  const each = caseOf(opened(), message('theirs', '=1+1, "quoted"\nsecond line', { tlp: 'RED' }))
  const handOut = valueOf(decide(each, ministry))
  const rows: readonly Readonly<Record<string, string>>[] = parse(handOutCsv(handOut), {
    bom: true,
    columns: true,
  })
  expect(rows.map(({ marking }) => marking)).toEqual(['internal', 'internal'])
  expect(rows[1]).toMatchObject({
    text: `'=1+1, "quoted"\nsecond line`,
    tlp: 'RED',
    state: 'QM',
    by: amal.name,
  })
  expect(JSON.parse(handOutJson(handOut))).toMatchObject({
    parley: 'hand-out',
    marking: 'internal',
    by: amal.name,
  })
})

test('RULE-5: nothing leaves without a line of the record, and what is refused leaves none', async () => {
  const { record } = await beginDesk()
  const said = { at: begin, by: amal.name, case: 'one' }
  const counterpart = { state: 'QM', kind: 'technical', entity: 'Merrow Response Team' }
  const opening = { title: 'Serrant', side: 'theirs', counterpart, nature: 'REAL' } as const
  valueOf(await record.append({ ...said, what: 'case.opened', content: opening }))
  const call = { side: 'theirs', channel: 'telephone', text: 'They called' } as const
  valueOf(await record.append({ ...said, what: 'exchange.noted', content: call }))
  const wish = (recipient: Recipient) => {
    const folded = foldCase(
      'one',
      record.lines().filter((line) => line.case === 'one'),
    )
    return { cases: folded ? [folded] : [], recipient, at, by: amal.name }
  }
  const before = record.end().n
  expect(refusalOf(await takeOut(record, wish(vendor), 'csv'))).toBe('desk/consent-missing')
  expect(record.end().n).toBe(before)
  valueOf(await takeOut(record, wish(ministry), 'csv'))
  expect(record.lines().at(-1)).toMatchObject({
    what: 'record.handed-out',
    by: amal.name,
    case: 'one',
    content: { cases: ['one'], form: 'csv', recipient: ministry },
  })
  await record.close()
  expect(refusalOf(await takeOut(record, wish(ministry), 'csv'))).toBe('desk/nothing-to-hand-out')
})
