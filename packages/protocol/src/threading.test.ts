import { expect, test } from 'vitest'
import { inquiry, valid } from '../test/messages.ts'
import { defaultMarking, missingConsents } from './marking.ts'
import { findReferences, newReference, parseReference, spokenReference } from './reference.ts'
import { messageIdOf, replyHeaders, startAnswer } from './threading.ts'

test('an answer stays in the thread, keeps its nature and goes back in the languages changed over', () => {
  const answer = valid({
    ...startAnswer(inquiry),
    id: '1b671a64-40d5-491e-99b0-da01ff1f3341',
    kind: 'acknowledgement',
    template: 1,
    writtenAt: '2026-11-27T02:20:00Z',
    values: {},
    reservations: 1,
    attachments: [],
  })
  expect(answer).toMatchObject({
    thread: inquiry.thread,
    reference: inquiry.reference,
    answers: inquiry.id,
    languages: ['ar', 'es'],
    from: inquiry.to,
    to: { state: 'XA', ownReference: 'CS-2026/114' },
  })
  expect(answer.to).not.toHaveProperty('name')
  const exercise = valid({
    ...inquiry,
    nature: 'EXERCISE',
    exercise: 'Faro',
    languages: ['es'],
    from: party,
    to: party,
  })
  expect(startAnswer(exercise)).toMatchObject({ nature: 'EXERCISE', exercise: 'Faro', languages: ['es'] })
})

const party = { state: 'XA', kind: 'technical', entity: 'CERT' }

test('the answer’s headers name the first message and the latest ones', () => {
  const many = Array.from({ length: 50 }, (_, number) => id(number))
  const { inReplyTo, references } = replyHeaders({ messageId: id(50), references: many })
  expect(inReplyTo).toBe(id(50))
  expect([references.length, references[0], references[1], references.at(-1)]).toEqual([
    30,
    id(0),
    id(22),
    id(50),
  ])
  expect(replyHeaders({ messageId: id(1), references: [] }).references).toEqual([id(1)])
  expect(replyHeaders({ messageId: id(1), references: [id(1)] }).references).toEqual([id(1)])
  expect(messageIdOf(inquiry, 'sarenia.example')).toBe(`<${inquiry.id}@sarenia.example>`)
})

function id(number: number): string {
  return `<${number}@a.example>`
}

test('a reference survives the telephone: spoken in spelling words, taken down in any case, digits and separators', () => {
  expect(spokenReference('K7QM-4TXD')).toBe('Kilo 7 Quebec Mike - 4 Tango X-ray Delta')
  for (const typed of ['k7qm 4txd', 'K7QM4TXD', ' K7QM–4TXD.', 'K٧QM-٤TXD', '\u2068K7QM-4TXD\u2069'])
    expect(parseReference(typed)).toBe('K7QM-4TXD')
  expect(parseReference('oil0-0000')).toBe('0110-0000')
  expect(['K7QM', 'K7QM-4TXDA', 'U7QM-4TXD', ''].map(parseReference)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  const fresh = Array.from({ length: 200 }, newReference)
  expect(new Set(fresh).size).toBe(200)
  expect(fresh.filter((each) => parseReference(each) !== each)).toEqual([])
})

test('the references in a subject are found, parts of longer words are not', () => {
  expect(findReferences('Re: [REAL] Inquiry K7QM-4TXD TLP:AMBER, K7QM-4TXD, 1234-5678')).toEqual([
    'K7QM-4TXD',
    '1234-5678',
  ])
  expect(findReferences('AK7QM-4TXD K7QM-4TXD-1 2026-11-27')).toEqual([])
})

test('RULE-5: no marking gives the receiver’s consent, and only GREEN and CLEAR are the sender’s', () => {
  expect(defaultMarking).toBe('AMBER')
  expect(missingConsents('CLEAR', [])).toEqual(['receiver'])
  expect(missingConsents('GREEN', [])).toEqual(['receiver'])
  for (const tlp of ['AMBER', 'AMBER+STRICT', 'RED'] as const)
    expect(missingConsents(tlp, [])).toEqual(['sender', 'receiver'])
  expect(missingConsents('CLEAR', ['receiver'])).toEqual([])
  expect(missingConsents('RED', ['receiver'])).toEqual(['sender'])
})
