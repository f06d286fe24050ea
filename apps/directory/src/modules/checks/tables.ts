import type { Json } from '@parley/kernel'
import type { Generated } from 'kysely'

export type ChecksTables = {
  'checks.round': {
    id: string
    number: number
    status: string
    started_at: Date
    started_by: string
    answer_within_hours: number
    remind_after_hours: number
    paused_at: Date | null
    paused_for_ms: number
    closed_at: Date | null
    is_whole: Generated<boolean>
    limited_kind: Generated<string | null>
    limited_group: Generated<string | null>
    chosen: Generated<number | null>
    correction: Generated<string | null>
    corrected_at: Generated<Date | null>
    corrects_answered: Generated<boolean>
  }
  'checks.plan': { is_plan: Generated<boolean>; due_at: Date }
  'checks.check': {
    id: string
    round_id: string
    state: string
    entry_id: string
    kind: string
    language: string
    beside: Generated<string | null>
    status: string
    reachable_by: string
    clock_started_at: Date | null
    answered_at: Date | null
    answered_by: string | null
    relation: string | null
    remark: string | null
    withdrawn_at: Date | null
    instead: string | null
  }
  'checks.message': {
    id: string
    check_id: string
    round_id: string
    state: string
    address_id: string
    address: string
    code_digest: string
    status: string
    queued_at: Date
    due_at: Date
    attempts: number
    sent_at: Date | null
    cause: string | null
    reminder: string
    reminder_due_at: Date | null
    correction: Generated<string>
    correction_due_at: Generated<Date | null>
    delayed_at: Date | null
    tried_at: Date | null
  }
  'checks.received': {
    id: string
    at: Date
    verdict: string
    relation: string | null
    check_id: string | null
    message_id: string | null
    lies_at: string | null
  }
  'checks.intake': { only_one: Generated<boolean>; waiting: number; stopped_at: Date | null }
  'checks.call': {
    id: string
    check_id: string
    state: string
    at: Date
    outcome: string
    number: string
    taken_by: string
    called_by: string
    caller: string
    denied_at: Date | null
  }
  'checks.follow_up': {
    id: string
    round_id: string
    state: string
    opened_at: Date
    next_action_on: string
    closed_at: Date | null
    closed_by: string | null
  }
  'checks.attempt': {
    id: string
    follow_up_id: string
    state: string
    on_date: string
    authority: 'competent-authority' | 'mission'
    channel: 'email' | 'telephone' | 'letter' | 'meeting'
    outcome: 'reached' | 'not-reached' | 'promised-update'
    recorded_at: Date
  }
  'checks.report': { round_id: string; made_at: Date; standing: Json }
  'checks.totals': { round_id: string; made_at: Date; totals: Json }
}
