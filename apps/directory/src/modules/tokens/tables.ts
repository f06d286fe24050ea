export type TokensTables = {
  'tokens.token': {
    id: string
    state: string
    name: string
    scopes: readonly string[]
    digest: string
    issued_at: Date
    expires_at: Date
    ended_at: Date | null
    suspended_until: Date | null
    suspended_because: string | null
    last_used_at: Date | null
    last_used_from: string | null
    hour_began_at: Date
    requests: number
    states_listed: number
    cards_read: number
  }
}

export type TokenRow = TokensTables['tokens.token']
