import { hasReservations } from '@parley/protocol'

// A message of Parley's own form whose part for programs was lost on its way, or that somebody pasted.

/** What the text of such a message says that it is. */
export function natureOfText(text: string): string | undefined {
  const plain = text.replace(/\p{Bidi_Control}/gu, '')
  return /^=== (REAL|EXERCISE|TEST) ===[ \t]*\r?$/m.exec(plain)?.[1]
}

/** RULE-4: what is written in Parley's form carries its four reservations. */
export function lacksReservations(text: string): boolean {
  return natureOfText(text) !== undefined && !hasReservations(text)
}
