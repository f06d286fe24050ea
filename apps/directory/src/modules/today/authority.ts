import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'today.begin': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'today.read': ['manager'],
} as const satisfies Authority
