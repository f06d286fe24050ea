import { locales } from '@parley/kernel'
import type { Message } from './message.ts'
import { machineType } from './message-mail.ts'
import { isTwin } from './message-text.ts'
import { parseMessage } from './parse-message.ts'
import { reservations } from './reservations.ts'

/** A part of an e-mail, undone of its transfer encoding. */
export interface MailPart {
  /** Content type; what follows a semicolon is passed over. */
  readonly type: string
  /** Bytes are read as UTF-8. */
  readonly content: Uint8Array | string
}

export type MessageWarning =
  /** There is a machine part that is no message, or more than one. */
  | 'broken-machine-part'
  /** The machine part says other than the text, and is not used. */
  | 'not-the-same-text'
  /** The text lacks one of the four reservations (RULE-4). */
  | 'reservations-missing'
  /** Written with a template or reservations that this program does not know. */
  | 'newer-template'
  /** Written in a format that this program does not know. */
  | 'newer-format'

export type ReadMessage =
  | {
      readonly kind: 'parley'
      /** Only where it is the twin of the text: what a person reads and what a program reads are the same. */
      readonly message?: Message
      /** What the machine part says where it is not the text's twin: to find the thread, never to be shown as said. */
      readonly claimed?: Pick<Message, 'id' | 'thread' | 'reference' | 'answers'>
      readonly warnings: readonly MessageWarning[]
    }
  | { readonly kind: 'plain' }

/**
 * Recognises a message among the parts of an e-mail. Never throws on what a stranger wrote, and never hides the text:
 * whatever is wrong with the machine part is a warning, and the text stays what was written.
 */
export function readMessageParts(parts: readonly MailPart[]): ReadMessage {
  const machine = parts.filter(({ type }) => isType(type, machineType))
  const [only, ...others] = machine
  if (only === undefined) return { kind: 'plain' }
  const text = textOf(parts.find(({ type }) => isType(type, 'text/plain'))) ?? ''
  const missing: readonly MessageWarning[] = hasReservations(text) ? [] : ['reservations-missing']
  const json = others.length === 0 ? textOf(only) : undefined
  const parsed = json === undefined ? undefined : parseMessage(json)
  if (!parsed?.ok) return { kind: 'parley', warnings: [warningOf(parsed?.refusal.code), ...missing] }
  const message = parsed.value
  if (isTwin(message, text)) return { kind: 'parley', message, warnings: [] }
  const { id, thread, reference, answers } = message
  const claimed = { id, thread, reference, ...(answers === undefined ? {} : { answers }) }
  return { kind: 'parley', claimed, warnings: ['not-the-same-text', ...missing] }
}

/** Whether all four stand in a text, in one of the six languages each. */
export function hasReservations(text: string): boolean {
  const plain = text.replace(/[\p{Bidi_Control}\s]+/gu, '')
  return reservations.every((reservation) =>
    locales.some((locale) => plain.includes(reservation.text[locale].replace(/\s+/g, ''))),
  )
}

function warningOf(code: string | undefined): MessageWarning {
  if (code === 'protocol/newer-format') return 'newer-format'
  return code === 'protocol/newer-template' ? 'newer-template' : 'broken-machine-part'
}

function isType(type: string, wanted: string): boolean {
  return type.split(';')[0]?.trim().toLowerCase() === wanted
}

function textOf(part: MailPart | undefined): string | undefined {
  const content = part?.content
  if (content === undefined || typeof content === 'string') return content
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
