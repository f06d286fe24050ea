import type { Authority } from '../../platform/session/authority.ts'

const everyone = ['stranger', 'manager', 'mission', 'diplomatic', 'technical'] as const

export const authority = {
  'checks.check.answer': everyone,
  'checks.rounds.read': ['manager'],
  'checks.round.start': ['manager'],
  'checks.round.steer': ['manager'],
  'checks.call.record': ['manager'],
  'checks.follow-up.read': ['manager'],
  'checks.follow-up.record': ['manager'],
  'checks.own.read': ['mission', 'diplomatic', 'technical'],
  'checks.own.answer': ['diplomatic', 'technical'],
} as const satisfies Authority
