import { expect, test } from 'vitest'
import { begin, caseOf, consent, linesOf, message, opened } from '../../test/case-lines.ts'
import { openCaseBook } from './case-book.ts'
import { dutyNote, overdue } from './clocks.ts'
import { foldCase } from './fold.ts'
import { after, hour } from '@parley/kernel'

const at = (hours: number) => after(begin, hours * hour)

test('POC-30: an acknowledgement is a time, and no answer', () => {
  const each = caseOf(opened(), ['case.acknowledged', { side: 'ours' }, { hours: 1 }])
  expect([each.acknowledged, each.answered]).toEqual([{ ours: at(1) }, {}])
})

test('POC-28: no answer and decline are answers', () => {
  for (const answer of ['no-answer', 'decline'] as const) {
    const each = caseOf(
      opened(),
      ['case.timed', { side: 'theirs', hours: 2 }],
      ['case.answered', { side: 'ours', answer }],
    )
    expect(each.answered.ours?.answer).toBe(answer)
    expect(overdue([each], at(100))).toEqual([])
  }
})

test('POC-29: a channel is agreed only when the other side than the one that proposed it agrees', () => {
  const proposed = ['channel.proposed', { side: 'ours', channel: 'messenger', detail: 'Signal' }] as const
  const alone = caseOf(opened(), proposed, ['channel.agreed', { side: 'ours' }])
  expect([alone.agreedChannel, alone.proposedChannel?.by]).toEqual([undefined, 'ours'])
  const both = caseOf(opened(), proposed, ['channel.agreed', { side: 'theirs' }, { hours: 3 }])
  expect(both.agreedChannel).toMatchObject({ channel: 'messenger', detail: 'Signal', agreedAt: at(3) })
  const declined = caseOf(
    opened(),
    proposed,
    ['channel.declined', { side: 'theirs' }],
    ['channel.agreed', { side: 'theirs' }],
  )
  expect([declined.agreedChannel, declined.proposedChannel]).toEqual([undefined, undefined])
})

test('POC-33: an estimate becomes a clock, until an answer is given after it', () => {
  const asked = [opened(), ['case.timed', { side: 'theirs', hours: 4 }]] as const
  expect(overdue([caseOf(...asked)], at(3))).toEqual([])
  expect(overdue([caseOf(...asked)], at(4))).toMatchObject([
    { what: 'acknowledge', side: 'ours', isEstimate: false },
  ])
  const acknowledged = [...asked, ['case.acknowledged', { side: 'ours' }, { hours: 1 }]] as const
  expect(overdue([caseOf(...acknowledged)], at(4))).toMatchObject([{ what: 'answer' }])
  const estimated = [
    ...acknowledged,
    ['case.answered', { side: 'ours', answer: 'looking-into-it' }, { hours: 2 }],
    ['case.estimated', { side: 'ours', until: at(9).toISOString() }, { hours: 2 }],
  ] as const
  expect(overdue([caseOf(...estimated)], at(8))).toEqual([])
  expect(overdue([caseOf(...estimated)], at(9))).toMatchObject([
    { what: 'answer', isEstimate: true, at: at(9) },
  ])
  const answered = [
    ...estimated,
    ['case.answered', { side: 'ours', answer: 'immediate' }, { hours: 8 }],
  ] as const
  expect(overdue([caseOf(...answered)], at(100))).toEqual([])
  expect(overdue([caseOf(...estimated, ['case.closed', {}])], at(100))).toEqual([])
})

test('POC-32: the time sensitivity that we named waits for the other side', () => {
  const each = caseOf(opened({ side: 'ours' }), ['case.timed', { side: 'ours', hours: 4 }])
  expect(overdue([each], at(5))).toMatchObject([{ side: 'theirs', what: 'acknowledge' }])
})

test('what is overdue stands in the order in which it fell due', () => {
  expect(overdue([3, 1, 2, 99].map(waiting), at(5)).map((each) => each.at)).toEqual([at(1), at(2), at(3)])
})

test('POC-32: the time sensitivity of either side waits for the other, and a new one after an answer counts anew', () => {
  const each = caseOf(
    opened(),
    ['case.timed', { side: 'theirs', hours: 4 }],
    ['case.answered', { side: 'ours', answer: 'immediate' }, { hours: 1 }],
    ['case.timed', { side: 'ours', hours: 2 }, { hours: 1 }],
  )
  expect(overdue([each], at(100))).toMatchObject([{ side: 'theirs', what: 'answer', at: at(3) }])
  const again = caseOf(
    opened(),
    ['case.timed', { side: 'theirs', hours: 4 }],
    ['case.answered', { side: 'ours', answer: 'immediate' }, { hours: 1 }],
    ['case.timed', { side: 'theirs', hours: 5 }, { hours: 2 }],
  )
  expect(overdue([again], at(100))).toMatchObject([{ side: 'ours', what: 'answer', at: at(7) }])
})

test('a closing of theirs stops the clocks and leaves the case open, until something more is exchanged', () => {
  const closing = { kind: 'closing', thread: 't', reference: 'r' }
  const said = [
    opened(),
    ['case.timed', { side: 'theirs', hours: 1 }],
    message('theirs', 'Thank you', { message: closing }),
  ] as const
  expect(caseOf(...said)).toMatchObject({ isOpen: true, theirClosing: begin })
  expect(overdue([caseOf(...said)], at(9))).toEqual([])
  expect(overdue([caseOf(...said, message('ours', 'One thing'))], at(9))).toHaveLength(1)
  const doubtful = message('theirs', 'Bye', { message: closing, warnings: ['sender-unknown'] })
  expect(caseOf(opened(), doubtful).theirClosing).toBeUndefined()
})

test('a case that began with a call has its thread from its first message', () => {
  const each = caseOf(
    opened(),
    message('ours', 'First', { message: updateIn('one') }),
    message('theirs', 'Second', { message: updateIn('two') }),
  )
  expect(each).toMatchObject({ thread: 'one', reference: 'one' })
})

function updateIn(thread: string) {
  return { kind: 'update', thread, reference: thread }
}

/** A case that waits for us so many hours. */
function waiting(hours: number) {
  return caseOf(opened(), ['case.timed', { side: 'theirs', hours }])
}

test('the duty handover note says who is on duty, what is open, overdue and next', () => {
  const lines = [
    ...linesOf('a', opened(), ['case.timed', { side: 'theirs', hours: 1 }]),
    ...linesOf('b', opened(), ['case.timed', { side: 'theirs', hours: 30 }, { hours: 2 }]),
    ...linesOf('c', opened(), ['case.closed', {}, { hours: 3 }]),
    ...linesOf('d', ['duty.taken', { until: at(12).toISOString() }, { hours: 4, by: 'Bruno Salvi' }]),
  ]
  const book = openCaseBook(() => lines)
  const note = dutyNote(book.all(), lines, at(5))
  expect(note.onDuty).toEqual({ name: 'Bruno Salvi', since: at(4), until: at(12) })
  expect(note.open.map(({ id }) => id)).toEqual(['b', 'a'])
  expect([note.overdue.map((due) => due.case.id), note.next.map((due) => due.case.id)]).toEqual([
    ['a'],
    ['b'],
  ])
})

test('a message that comes after the end opens the case again', () => {
  const each = caseOf(
    opened(),
    ['case.closed', { outcome: 'solved' }],
    message('theirs', 'One more thing', {}),
  )
  expect(each.isOpen).toBe(true)
})

test('POC-20, POC-33: nature, leads, hand-over and consents are as they were last written down', () => {
  const office = { state: 'QS', kind: 'diplomatic', entity: 'Foreign Ministry' }
  const each = caseOf(
    opened(),
    ['case.described', { title: 'Serrant, second wave' }],
    ['case.clarified', { nature: 'EXERCISE', exercise: 'Long Night' }],
    ['case.led', { side: 'ours', entity: 'National CERT' }],
    ['case.led', { side: 'theirs', entity: 'Merrow Response Team' }],
    ['case.handed-over', { to: office, handOver: 'h1', end: 'e1' }],
    ['case.taken-over', { from: office, by: 'Ana Ruiz', handOver: 'h2', lines: 3, end: 'e2', key: 'k' }],
    consent('ours'),
    consent('theirs'),
    ['consent.withdrawn', { side: 'ours', who: 'Director Haddad', on: begin.toISOString(), consent: 8 }],
  )
  expect(each).toMatchObject({
    title: 'Serrant, second wave',
    nature: 'EXERCISE',
    exercise: 'Long Night',
    leads: { ours: 'National CERT', theirs: 'Merrow Response Team' },
    handedOver: [{ to: office }],
    takenOverFrom: office,
    consents: [{ side: 'theirs', n: 9 }],
  })
})

test('lines of a case that no line opens are kept apart, and not lost', () => {
  const lines = linesOf('never opened', message('theirs', 'Hello'))
  expect(foldCase('never opened', lines)).toBeUndefined()
  expect(openCaseBook(() => lines).loose()).toEqual(lines)
})

test.each([
  ['بوابة الميناء', 'ميناء'],
  ['إِدَارَةُ الطَّوَارِئِ', 'اداره الطوارئ'],
  ['Атака на ПОРТ', 'порт атака'],
  ['Élévation de privilèges', 'ELEVATION'],
  ['计算机应急响应', '应急'],
  ['hash ٠١٢٣', '0123'],
])('what was written as «%s» is found by «%s»', (text, typed) => {
  const lines = [
    ...linesOf('a', opened(), message('theirs', text)),
    ...linesOf('b', opened({ title: 'Other' })),
  ]
  const book = openCaseBook(() => lines)
  expect(book.search(typed).map(({ id }) => id)).toEqual(['a'])
  expect(book.search(`${typed} nowhere`)).toEqual([])
  expect(book.search('  ')).toEqual([])
})

test('a case book keeps in step with what is written, and forgets', () => {
  const lines = [...linesOf('a', opened())]
  const book = openCaseBook(() => lines)
  expect([...book.all()].map(({ isOpen }) => isOpen)).toEqual([true])
  expect(book.search('serrant')).toHaveLength(1)
  lines.push(...linesOf('a', opened(), message('theirs', 'Grünwald'), ['case.closed', {}]).slice(1))
  expect([book.find('a')?.isOpen, book.search('grunwald').length]).toEqual([false, 1])
  expect([book.prepareSearch(10), book.loose()]).toEqual([false, []])
  lines.length = 0
  book.forget()
  expect([[...book.all()], book.search('serrant')]).toEqual([[], []])
})
