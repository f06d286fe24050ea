import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'accounts.sign-in': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'accounts.sign-out': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
} as const satisfies Authority
