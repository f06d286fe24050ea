import { type Authority, everyone } from '../../platform/session/authority.ts'

// What a token was issued for is asked by the door; whose entries it reads, by row-level security.
export const authority = {
  'api.described': everyone,
  'api.token': ['system'],
  'api.community': ['system'],
  'api.states': ['system'],
  'api.entries': ['system'],
  'api.card': ['system'],
  'api.own-entries': ['system'],
  'api.checkpoint': ['system'],
  'api.documents': ['system'],
  'api.snapshot': ['system'],
  'api.address-book': ['system'],
} as const satisfies Authority
