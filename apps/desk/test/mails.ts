import { randomUUID } from 'node:crypto'
import { checkMessage, type Message, messageIdOf, messageMail } from '@parley/protocol'

export const merrow = { state: 'QM', kind: 'technical', entity: 'Merrow Response Team' } as const
const ours = { state: 'KE', kind: 'technical', entity: 'National KE-CIRT/CC' } as const

/** An inquiry of Merrow to this office, or what a test makes of it. */
export function parleyMessage(more: Partial<Message> = {}): Message {
  const checked = checkMessage({
    parley: 'message',
    version: 1,
    id: randomUUID(),
    thread: randomUUID(),
    reference: 'K7QM-4TXD',
    kind: 'inquiry',
    template: 1,
    nature: 'REAL',
    tlp: 'AMBER',
    languages: ['es', 'en'],
    from: merrow,
    to: ours,
    writtenAt: '2026-11-27T02:00:00Z',
    values: { known: 'Las bombas del puerto no responden.', 'answer-within': 6 },
    reservations: 1,
    attachments: [],
    ...more,
  })
  if (!checked.ok) throw new Error(`${checked.refusal.code} ${checked.refusal.field ?? ''}`)
  return checked.value
}

interface Way {
  readonly from?: string
  readonly inReplyTo?: string
  readonly files?: Parameters<typeof messageMail>[1]['attachments']
}

export function parleyMail(
  message: Message,
  { from = 'duty@merrow.example', inReplyTo, files = [] }: Way = {},
) {
  const bytes = messageMail(message, {
    from: { address: from },
    to: { address: 'desk@cirt.example' },
    messageId: messageIdOf(message, 'merrow.example'),
    ...(inReplyTo !== undefined && { inReplyTo }),
    attachments: files,
  })
  return Buffer.from(bytes)
}

/** A mail of an ordinary program. */
export function plainMail(text: string, fields: Readonly<Record<string, string>> = {}): Buffer {
  const head = {
    From: 'Ana Ruiz <duty@merrow.example>',
    To: 'desk@cirt.example',
    Date: 'Fri, 27 Nov 2026 02:10:00 +0000',
    'Message-ID': `<${randomUUID()}@merrow.example>`,
    Subject: 'A question',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...fields,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${lines.join('')}\r\n${text.replaceAll('\n', '\r\n')}\r\n`)
}

/** The same as another server hands it over. */
export function deliveredAgain(raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from('Received: from relay.example by mx.example; Fri, 27 Nov 2026\r\n'), raw])
}
