import { fieldsOf, listTemplates } from '@parley/protocol'
import { expect, test } from 'vitest'
import { caseOf, opened } from '../../test/case-lines.ts'
import { type Said, messageLines } from './message-lines.ts'

function said(kind: string, values: Said['values'] = {}): Said {
  return { kind, values, from: {} }
}

const proposal = ['channel.proposed', { side: 'theirs', channel: 'telephone', detail: '+999 1' }] as const
const proposed = caseOf(opened(), proposal)

function agree(values: Said['values'], within = proposed) {
  return messageLines(said('channel', { 'channel-step': 'agree', ...values }), 'ours', within)
}

function decline(values: Said['values']) {
  return messageLines(said('channel', { 'channel-step': 'decline', ...values }), 'ours', proposed)
}

test('RULE-4: an acknowledgement is a time: neither an answer, nor an agreement, nor an end', () => {
  const lines = messageLines(
    said('acknowledgement', { 'received-at': '2026-11-27T02:00:00Z' }),
    'ours',
    proposed,
  )
  expect(lines).toEqual([{ what: 'case.acknowledged', content: { side: 'ours' } }])
  const each = caseOf(opened(), proposal, ['case.acknowledged', { side: 'ours' }])
  expect([each.answered, each.agreedChannel, each.proposedChannel?.by, each.isOpen]).toEqual([
    {},
    undefined,
    'theirs',
    true,
  ])
})

test('RULE-4: no template, and no line of a case, has a field for a responsible State', () => {
  const ids = listTemplates().flatMap((each) => fieldsOf(each).map(({ id }) => id))
  expect(ids.filter((id) => /respons(?!e)|attribut|culprit|perpetrator|origin/.test(id))).toEqual([])
  const values = { 'responsible-state': 'XF', responsible: 'XF' }
  expect(messageLines(said('response', values), 'theirs', proposed)).toEqual([])
})

test('POC-29: agreeing to what the other side proposed agrees; to anything else it proposes', () => {
  const agreed = [{ what: 'channel.agreed', content: { side: 'ours' } }]
  expect(agree({ channel: 'telephone' })).toEqual(agreed)
  expect(agree({})).toEqual(agreed)
  expect(agree({ channel: 'messenger' })).toEqual([
    { what: 'channel.proposed', content: { side: 'ours', channel: 'messenger' } },
  ])
  const ours = caseOf(opened(), ['channel.proposed', { side: 'ours', channel: 'meeting' }])
  expect(agree({}, ours)).toEqual([])
  expect(agree({ channel: 'meeting' }, ours)).toEqual([
    { what: 'channel.proposed', content: { side: 'ours', channel: 'meeting' } },
  ])
})

test('POC-29: whoever would rather use another channel declines the one and proposes the other', () => {
  const declined = { what: 'channel.declined', content: { side: 'ours' } }
  expect(decline({})).toEqual([declined])
  expect(decline({ channel: 'telephone' })).toEqual([declined])
  expect(decline({ channel: 'meeting' })).toEqual([
    declined,
    { what: 'channel.proposed', content: { side: 'ours', channel: 'meeting' } },
  ])
})

test('POC-32: an inquiry proposes its channel, names its lead agency and its time, and gives its own number', () => {
  const inquiry = {
    ...said('inquiry', { 'answer-within': 6, channel: 'e-mail', 'lead-agency': 'CERT Merrow' }),
    from: { ownReference: 'M-1' },
  }
  expect(messageLines(inquiry, 'theirs', undefined).map(({ what }) => what)).toEqual([
    'case.referenced',
    'case.timed',
    'case.led',
    'channel.proposed',
  ])
  const each = caseOf(
    opened({ theirReference: 'M-1' }),
    ['channel.proposed', { side: 'theirs', channel: 'e-mail' }],
    ['channel.agreed', { side: 'ours' }],
  )
  expect(messageLines(inquiry, 'theirs', each).map(({ what }) => what)).toEqual(['case.timed', 'case.led'])
})

test('a closing of theirs closes nothing here; ours closes, with its outcome', () => {
  expect(messageLines(said('closing', { outcome: 'Clear' }), 'theirs', proposed)).toEqual([])
  expect(messageLines(said('closing', { outcome: 'Clear' }), 'ours', proposed)).toEqual([
    { what: 'case.closed', content: { outcome: 'Clear' } },
  ])
})

test.each([
  ['an answer that is none', { answer: 'guilty' }],
  ['an answer that is a list', { answer: ['immediate'] }],
  ['no time', { 'answer-within': 0 }],
  ['a channel that is none', { channel: 'pigeon', 'channel-step': 'agree' }],
])('what cannot be said does nothing: %s', (_, values) => {
  expect(messageLines(said('response', values), 'theirs', undefined)).toEqual([])
})
