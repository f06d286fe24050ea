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
    kind: string | null
    organization: string | null
    since: Date
    ended_at: Date | null
  }
  'accounts.passkey': {
    id: string
    account_id: string
    public_key: string
    counter: number
    transports: string[]
    created_at: Date
    last_used_at: Date | null
  }
  'accounts.password': {
    account_id: string
    hash: string
    totp_secret: string
    totp_last_step: number
  }
  'accounts.one_time_code': { digest: string; account_id: string; used_at: Date | null }
  'accounts.invitation': {
    id: string
    token_digest: string
    email: string
    name: string
    language: string
    role: string
    state: string | null
    kind: string | null
    organization: string | null
    telephone_code_digest: string | null
    telephone_tries: number
    invited_by: string
    inviter_name: string
    created_at: Date
    expires_at: Date
    used_at: Date | null
    ended_at: Date | null
  }
  'accounts.session': {
    digest: string
    account_id: string
    name: string
    role: string
    state: string | null
    kind: string | null
    organization: string | null
    method: string
    created_at: Date
    proven_at: Date
    last_seen_at: Date
    ends_at: Date
    idle_minutes: number
    ended_at: Date | null
  }
  'accounts.suspension': {
    id: string
    account_id: string | null
    state: string | null
    reason: string
    by_name: string
    began_at: Date
    until: Date
    lifted_at: Date | null
  }
  'accounts.still_here': {
    holding_id: string
    state: string
    asked_at: Date
    answered_at: Date | null
  }
  'accounts.kept_form': {
    session: string
    digest: string
    account_id: string
    sealed: string
    expires_at: Date
  }
  'accounts.spent_ticket': { digest: string; expires_at: Date }
}
