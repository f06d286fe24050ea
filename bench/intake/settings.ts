import type { Urls } from '../settings.ts'

/** What the Directory of the intake bench is told. */
export interface IntakeSettings {
  readonly entries: number
  readonly imap: string
  readonly database: Urls
}

/** What a reply is made of. */
export interface Asked {
  readonly from: string
  /** The message's own answer address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
}
