import type { Authority } from '../../platform/session/authority.ts'

// Whose entry it is, and whether it may be read, is asked by the page and by row-level security.
export const authority = {
  'exchange.compose': ['poc'],
} as const satisfies Authority
