import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'today.begin': everyone,
  'today.read': ['manager'],
  'today.welcome': ['auditor', 'secretariat', 'chair', 'contributor', 'regional', 'stakeholder'],
} as const satisfies Authority
