/** What both sides of the contact-card bench are told. */
export interface CardSettings {
  readonly entries: number
  /** Connections to the database. */
  readonly pool: number
  readonly database: { readonly url: string; readonly ownerUrl: string }
}

/** Who asks, and for what. */
export interface Visit {
  readonly host: string
  readonly cookie: string
  readonly paths: readonly string[]
}

export const secret = 'a secret of the bench that guards nothing at all'
export const origin = new URL('http://localhost:8080')
