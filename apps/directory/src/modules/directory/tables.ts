import type { Json } from '@parley/kernel'

export type DirectoryTables = {
  'directory.entry': {
    id: string
    state: string
    kind: string
    language: string
    holder: string
    entity_name: string
    entity_name_en: string | null
    entity_description: string | null
    entity_description_en: string | null
    person_name: string | null
    person_title: string | null
    person_title_en: string | null
    national_role: string | null
    national_role_en: string | null
    working_languages: readonly string[]
    time_zone: string | null
    office_opens: string | null
    office_closes: string | null
    office_days: readonly number[]
    always_reachable: boolean
    cert_profile: string | null
    also_nominated: readonly string[]
    card_only: readonly string[]
    search: string
    tokens: readonly string[]
    folding: number
    on_behalf_reference: string | null
    version: number
    created_at: Date
    changed_at: Date
  }
  'directory.address': {
    id: string
    entry_id: string
    state: string
    channel: string
    value: string
    label: string | null
    extension: string | null
    urgent: boolean
    card_only: boolean
    position: number
    changed_at: Date
  }
  'directory.key': {
    id: string
    entry_id: string
    state: string
    scheme: string
    armored: string
    fingerprint: string
    names: readonly string[]
    issuer: string | null
    expires_at: Date | null
    warnings: readonly string[]
    card_only: boolean
    added_at: Date
    told: readonly string[]
  }
  'directory.last_answered': { entry_id: string; state: string; month: string }
  'directory.list_right': { account_id: string; state: string; given_at: Date }
  'directory.gone_entry': { entry_id: string; state: string; gone_at: Date }
  'directory.cards_opened': { account_id: string; since: Date; cards: number }
  'directory.card_views': { state: string; month: string; views: number | string }
  'directory.known': { address_id: string; state: string; rung: string; at: Date }
  'directory.offer': {
    id: string
    organization: string
    state: string
    kind: string
    offered_at: Date
    outcome: string
    settled_at: Date | null
    told_at: Date | null
  }
  'directory.proposal': {
    id: string
    state: string
    kind: string
    entry_id: string | null
    fields: Json
    source: string
    proposed_at: Date
    erase_at: Date
  }
  'directory.allowed_export': {
    id: string
    account_id: string
    states: readonly string[]
    kinds: readonly string[]
    format: string
    ends_at: Date
    taken_at: Date | null
  }
  'directory.withdrawn_entry': {
    id: string
    state: string
    kind: string
    content: Json
    reason: 'withdrawn' | 'left'
    withdrawn_at: Date
    erase_at: Date
  }
  'directory.contact_change': {
    id: string
    entry_id: string
    state: string
    former: Json
    successors: readonly string[]
    changed_at: Date
    shown_until: Date
    erase_at: Date
    link_digest: string | null
    link_ends_at: Date
    disputed_at: Date | null
    reminded_at: Date | null
    decided_at: Date | null
    outcome: string | null
    compromised: readonly string[]
  }
  'directory.delegation': {
    id: string
    state: string
    account_id: string
    given_at: Date
    ended_at: Date | null
  }
  'directory.shown_former': {
    id: string
    change_id: string
    entry_id: string
    state: string
    what: string
    value: string | null
    extension: string | null
    successors: readonly string[]
    shown_until: Date
    disputed: boolean
  }
  'directory.unanswered_address': { address_id: string; entry_id: string; state: string; since: Date }
  'directory.verification': {
    address_id: string
    entry_id: string
    state: string
    link_digest: string
    link_ends_at: Date
    sent_at: Date
    answered_at: Date | null
  }
  'directory.unasked_mail': {
    digest: string
    purpose: string
    last_at: Date
    unanswered: number
    last_delivery: string
  }
  'directory.told_person': { entry_id: string; digest: string; delivery: string }
}

export type EntryRow = DirectoryTables['directory.entry']
export type KeyRow = DirectoryTables['directory.key']
export type AddressRow = DirectoryTables['directory.address']
