import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'demonstration.take-part': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
} as const satisfies Authority
