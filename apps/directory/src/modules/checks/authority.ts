import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'checks.check.answer': everyone,
  'checks.signing-key.read': everyone,
  'checks.rounds.read': ['manager'],
  'checks.round.plan': ['manager'],
  'checks.message.test': ['manager'],
  'checks.round.start': ['manager'],
  'checks.round.steer': ['manager'],
  'checks.mail.read': ['manager'],
  'checks.mail.decide': ['manager'],
  'checks.call.record': ['manager'],
  'checks.report.read': ['manager'],
  'checks.totals.read': ['manager', 'mission', 'poc'],
  'checks.follow-up.read': ['manager'],
  'checks.follow-up.record': ['manager'],
  'checks.own.read': ['mission', 'poc'],
  'checks.own.answer': ['poc'],
  'checks.own.confirm': ['mission', 'poc'],
  'checks.own.deny': ['mission', 'poc'],
} as const satisfies Authority
