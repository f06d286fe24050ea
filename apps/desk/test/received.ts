import { newId } from '@parley/kernel'
import { checkMessage, type Message, messageText } from '@parley/protocol'
import { messageLines } from '../src/answer/message-lines.ts'
import type { Content } from '../src/record/events.ts'
import type { RunningDesk } from '../src/open-desk.ts'
import { valueOf } from './desk-folder.ts'

/** An inquiry in Spanish to the office that `openOffice` begins. */
export function inquiry(more: Partial<Message> = {}): Message {
  return valueOf(
    checkMessage({
      parley: 'message',
      version: 1,
      id: 'f5a1c2d3-0b4e-4f6a-8b7c-9d0e1f2a3b4c',
      thread: '3b0c5d1e-0f4b-4a6c-9d1f-7a4f0d6c2b11',
      reference: 'K7QM-4TXD',
      kind: 'inquiry',
      template: 1,
      nature: 'REAL',
      tlp: 'AMBER+STRICT',
      languages: ['es', 'en'],
      from: {
        state: 'NO',
        kind: 'technical',
        entity: 'Equipo de guardia',
        name: 'Ana Ruiz',
        ownReference: 'ENR-2026/114',
      },
      to: { state: 'KE', kind: 'technical', entity: 'National KE-CIRT/CC', ownReference: 'KE-77' },
      writtenAt: '2026-11-27T02:00:00Z',
      values: {
        known: 'El sistema de despacho no responde.',
        'answer-within': 6,
        channel: 'telephone',
        'channel-address': '+999 55 012 345',
        'lead-agency': 'Centro Nacional',
      },
      reservations: 1,
      attachments: [],
      ...more,
    }),
  )
}

/** A message in the record of an open Desk, with a case around it; the case's id. */
export async function received(
  { desk }: RunningDesk,
  at: Date,
  message: Message = inquiry(),
  known?: string,
  more: Partial<Content<'message.received'>> = {},
): Promise<string> {
  const opened = desk.store.opened()
  if (!opened) throw new Error('the Desk is locked')
  const entry = { at, by: 'Amal Haddad', case: known ?? newId() }
  const { state, kind, ownReference: theirReference } = message.from
  const { thread, reference, nature } = message
  const opening = {
    title: 'Dispatch system',
    side: 'theirs',
    counterpart: { state, kind, entity: 'Response Team' },
    nature,
    thread,
    reference,
  } as const
  if (known === undefined)
    valueOf(
      await opened.record.append({
        ...entry,
        what: 'case.opened',
        content: { ...opening, ...(theirReference !== undefined && { theirReference }) },
      }),
    )
  const content = {
    message: JSON.parse(JSON.stringify(message)),
    text: messageText(message),
    channel: 'e-mail',
    tlp: message.tlp,
    ...more,
  } as const
  valueOf(await opened.record.append({ ...entry, what: 'message.received', content }))
  for (const line of messageLines(message, 'theirs', opened.cases.find(entry.case)))
    valueOf(await opened.record.append({ ...entry, ...line }))
  return entry.case
}
