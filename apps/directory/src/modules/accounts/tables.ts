export type AccountsTables = {
  'accounts.account': {
    id: string
    email: string
    name: string
    language: string
    created_at: Date
    ended_at: Date | null
  }
  'accounts.holding': {
    id: string
    account_id: string
    role: string
    state: string | null
    since: Date
    ended_at: Date | null
  }
  'accounts.session': {
    digest: string
    account_id: string
    name: string
    role: string
    state: string | null
    created_at: Date
    proven_at: Date
    last_seen_at: Date
    ends_at: Date
    idle_minutes: number
    ended_at: Date | null
  }
}
