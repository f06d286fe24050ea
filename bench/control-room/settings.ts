import type { Urls } from '../settings.ts'

/** What the processes of the control-room bench are told. */
export interface RoomSettings {
  readonly checks: number
  /** Outcomes of messages that are written in a second, at the most. */
  readonly pace: number
  readonly database: Urls
}

/** Who asks, and for which page. */
export interface RoomVisit {
  readonly host: string
  readonly cookie: string
  readonly page: string
}
