import type { Locale } from '@parley/kernel'

/** What one point of contact writes to another. The text of the e-mail and its machine part both come from it. */
export interface Message {
  readonly parley: 'message'
  readonly version: 1
  /** Lower-case UUID of this message. */
  readonly id: string
  /** Lower-case UUID that all messages on one matter share. */
  readonly thread: string
  /** The same for people: `K7QM-4TXD`, read out over the telephone. */
  readonly reference: string
  /** Kind and version of the template whose fields the values fill. */
  readonly kind: string
  readonly template: number
  readonly nature: Nature
  /** Name of the exercise; never on a real message. */
  readonly exercise?: string
  readonly tlp: Marking
  /** The writer's, then the addressee's; one where they are the same. */
  readonly languages: readonly [Locale] | readonly [Locale, Locale]
  readonly from: Writer
  readonly to: Party
  /** UTC, whole seconds: `2026-11-27T02:00:00Z`. */
  readonly writtenAt: string
  /** Id of the message that this one answers. */
  readonly answers?: string
  /** By field of the template. Every field is optional. */
  readonly values: Readonly<Record<string, Value>>
  /** Version of the four reservations that stand on it. */
  readonly reservations: number
  readonly attachments: readonly Attachment[]
}

export const natures = ['REAL', 'EXERCISE', 'TEST'] as const
export type Nature = (typeof natures)[number]

/** TLP 2.0, from the widest to the narrowest. */
export const markings = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
export type Marking = (typeof markings)[number]

/** One side of an exchange: a point of contact of a State, not the State. */
export interface Party {
  /** Two letters, as in the directory. */
  readonly state: string
  /** Short name of the State, in the message's languages. */
  readonly stateNames?: Readonly<Partial<Record<Locale, string>>>
  /** `diplomatic`, `technical` or another kind of the community. */
  readonly kind: string
  readonly entity: string
  /** That side's own file number. */
  readonly ownReference?: string
}

export interface Writer extends Party {
  /** Name of the person who writes. */
  readonly name?: string
}

/** Text, code, or instant; codes; hours. */
export type Value = string | readonly string[] | number

export interface Attachment {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Hex, lower case. */
  readonly sha256: string
}

/** Characters (code points), lines and members at most. */
export const limits = {
  json: 512 * 1024,
  name: 200,
  line: 300,
  text: 10_000,
  textLines: 500,
  codes: 50,
  attachments: 50,
  hours: 8_760,
} as const
