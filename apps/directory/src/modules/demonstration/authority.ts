import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'demonstration.take-part': everyone,
} as const satisfies Authority
