import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'approvals.read': ['manager'],
  'approvals.decide': ['manager'],
  'approvals.switch': ['manager'],
  // A State's own rule: of POCs what they asked for themselves.
  'approvals.ours.read': ['mission', 'poc'],
  'approvals.ours.decide': ['mission'],
  'approvals.ours.withdraw': ['mission', 'poc'],
  'approvals.ours.rule': ['mission'],
} as const satisfies Authority
