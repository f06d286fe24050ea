import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'today.begin': everyone,
  'today.read': ['manager'],
} as const satisfies Authority
