import { messageText } from '@parley/protocol'
import { type Channel, messageLines, type Told } from '../answer/message-lines.ts'
import type { Case } from '../cases/case.ts'
import type { Draft } from './drafts.ts'

/** What the record says once a message has gone out: the message, and what it does in its case. */
export function sentLines(
  { title, message }: Draft,
  within: Case | undefined,
  channel: Channel,
): readonly Told[] {
  const { thread, reference, to, nature, values } = message
  const opening: readonly Told[] = within
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
    ...messageLines(message, 'ours', within),
  ]
}

function said(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}
