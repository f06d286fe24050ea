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
    mission_email: string
    status: string
    received_at: Date
    decided_at: Date | null
    reason: string | null
  }
}
