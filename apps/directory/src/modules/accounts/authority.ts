import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'accounts.sign-in': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'accounts.sign-out': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'accounts.invitation.accept': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'accounts.own': ['manager', 'mission', 'diplomatic', 'technical'],
  'accounts.our-users': ['mission'],
  'accounts.users': ['manager'],
} as const satisfies Authority
