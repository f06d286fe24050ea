/** What the processes of the control-room bench are told. */
export interface RoomSettings {
  readonly checks: number
  /** Outcomes of messages that are written in a second, at the most. */
  readonly pace: number
  readonly database: { readonly url: string; readonly ownerUrl: string }
}

/** Who asks, and for which page. */
export interface RoomVisit {
  readonly host: string
  readonly cookie: string
  readonly page: string
}

export const secret = 'a secret of the bench that guards nothing at all'
export const origin = new URL('http://localhost:8080')
