export type CommunityTables = {
  'community.participation': { state: string; since: Date }
  'community.mission': { state: string; email: string; telephone: string | null; language: string }
  'community.competent_authority': {
    state: string
    name: string
    email: string | null
    telephone: string | null
  }
  'community.access_request': {
    id: string
    state: string
    reference: string
    received_at: Date
    mission_email: string
    mission_telephone: string
    language: string
    status: string
    verified_at: Date | null
    decided_at: Date | null
    reason: string | null
  }
  'community.decision': {
    id: string
    state: string
    what: string
    reason: string
    at: Date
    addresses: readonly string[]
  }
  'community.frozen': { state: string; since: Date }
}
