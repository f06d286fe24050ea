import { messageText } from '@parley/protocol'
import { type Channel, messageLines, type Told } from '../answer/message-lines.ts'
import type { Case } from '../cases/case.ts'
import type { Draft } from './drafts.ts'

/** What the record says once a message has gone out: the message, and what it does in its case. */
export function sentLines(
  draft: Pick<Draft, 'title' | 'message'>,
  within: Case | undefined,
  channel: Channel,
): readonly Told[] {
  const { message } = draft
  const json = JSON.parse(JSON.stringify(message))
  return [
    ...(within ? [] : [openingLine(draft)]),
    {
      what: 'message.sent',
      content: { message: json, text: messageText(message), channel, tlp: message.tlp },
    },
    ...messageLines(message, 'ours', within),
  ]
}

/** The case that a first message opens. */
export function openingLine({ title, message }: Pick<Draft, 'title' | 'message'>) {
  const { thread, reference, to, nature, exercise, values } = message
  return {
    what: 'case.opened',
    content: {
      title,
      side: 'ours',
      counterpart: { state: to.state, kind: to.kind, entity: to.entity },
      nature,
      ...said('exercise', exercise),
      thread,
      reference,
      ...said('purpose', values['purpose']),
      ...said('significance', values['significance']),
    },
  } as const
}

function said(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}
