import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'tokens.ours': ['mission'],
  'tokens.of-state': ['manager'],
} as const satisfies Authority
