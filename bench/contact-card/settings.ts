import type { Urls } from '../settings.ts'

/** What both sides of the contact-card bench are told. */
export interface CardSettings {
  readonly entries: number
  /** Connections to the database. */
  readonly pool: number
  readonly database: Urls
}

/** Who asks, and for what. */
export interface Visit {
  readonly host: string
  readonly cookie: string
  readonly paths: readonly string[]
}
