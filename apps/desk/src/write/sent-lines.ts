import { code, type Message, messageText } from '@parley/protocol'
import type { Case } from '../cases/case.ts'
import { type Content, isContent, type What } from '../record/events.ts'
import type { Draft } from './drafts.ts'

/** What the record says once a message has gone out: the message, and what it does in its case. */
type Said = { readonly [W in What]: { readonly what: W; readonly content: Content<W> } }[What]

export function sentLines(
  { title, message }: Draft,
  within: Case | undefined,
  channel: Content<'message.sent'>['channel'],
): readonly Said[] {
  const { thread, reference, to, nature, values } = message
  const opening: readonly Said[] = within
    ? []
    : [
        {
          what: 'case.opened',
          content: {
            title,
            side: 'ours',
            counterpart: { state: to.state, kind: to.kind, entity: to.entity },
            nature,
            thread,
            reference,
            ...said('purpose', values['purpose']),
            ...said('significance', values['significance']),
          },
        },
      ]
  const json = JSON.parse(JSON.stringify(message))
  return [
    ...opening,
    {
      what: 'message.sent',
      content: { message: json, text: messageText(message), channel, tlp: message.tlp },
    },
    ...done(message),
  ]
}

/** POC-28, POC-29, POC-30: each is a line of its own, so that clocks and both sides can be told. */
function done({ kind, values }: Message): readonly Said[] {
  const lines: Said[] = []
  const side = 'ours' as const
  const estimate = values['estimate']
  const hours = values['answer-within']
  const lead = values['lead-agency']
  if (kind === 'acknowledgement') lines.push({ what: 'case.acknowledged', content: { side } })
  const answered = { what: 'case.answered', content: { side, answer: values['answer'] } }
  if (isSaid(answered)) lines.push(answered)
  if (typeof estimate === 'string') lines.push({ what: 'case.estimated', content: { side, until: estimate } })
  if (typeof hours === 'number' && hours > 0) lines.push({ what: 'case.timed', content: { side, hours } })
  if (typeof lead === 'string') lines.push({ what: 'case.led', content: { side, entity: lead } })
  const proposed = {
    what: 'channel.proposed',
    content: { side, channel: values['channel'], ...said('detail', values['channel-address']) },
  }
  const step = values['channel-step']
  if (step === 'agree') lines.push({ what: 'channel.agreed', content: { side } })
  else if (step === 'decline') lines.push({ what: 'channel.declined', content: { side } })
  else if (isSaid(proposed)) lines.push(proposed)
  if (kind === 'closing') lines.push({ what: 'case.closed', content: {} })
  return lines
}

function isSaid(line: { readonly what: string; readonly content: unknown }): line is Said {
  return isContent(line.what, line.content)
}

function said(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

export function isChannel(typed: string): typed is Content<'message.sent'>['channel'] {
  return code('channel', typed) !== undefined
}
