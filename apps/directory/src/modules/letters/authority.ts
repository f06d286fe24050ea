import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'letters.read': everyone,
} as const satisfies Authority
