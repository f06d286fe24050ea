import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'history.read': ['manager', 'auditor'],
  'history.read-own': ['mission', 'poc'],
  'history.checkpoint.read': everyone,
} as const satisfies Authority
