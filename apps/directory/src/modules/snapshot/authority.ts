import type { Authority } from '../../platform/session/authority.ts'

// Who fetches a snapshot is asked by the API; the key is made on the host.
export const authority = {
  'snapshot.letter': ['mission'],
} as const satisfies Authority
