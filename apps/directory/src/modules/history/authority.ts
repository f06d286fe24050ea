import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'history.read': ['manager'],
  'history.read-own': ['mission', 'diplomatic', 'technical'],
  'history.checkpoint.read': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
} as const satisfies Authority
