import file from './data/reservations.json' with { type: 'json' }
import type { Texts } from './texts.ts'

/** One of the four sentences that stand on every message (RULE-4), in Parley's working wording (ADR 27). */
export interface Reservation {
  readonly id: string
  /** Symbol, annex and paragraph. */
  readonly paragraph: string
  /** The same as each language writes it. */
  readonly cite: Texts
  readonly text: Texts
}

export const reservationsVersion = file.version

export const reservations: readonly Reservation[] = file.reservations
