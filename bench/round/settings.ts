import type { Urls } from '../settings.ts'

/** What both sides of the round bench are told. */
export interface RoundSettings {
  readonly smtp: string
  readonly connections: number
  readonly entries: number
  readonly database: Urls
}

/** A message as it goes over the wire; `raw` holds one character per byte. */
export interface PreparedMail {
  readonly from: string
  readonly to: string
  readonly raw: string
}
