import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'approvals.read': ['manager'],
  'approvals.decide': ['manager'],
  'approvals.switch': ['manager'],
} as const satisfies Authority
