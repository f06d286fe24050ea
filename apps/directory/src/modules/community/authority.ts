import type { Authority } from '../../platform/session/authority.ts'

export const authority = {
  'community.overview.read': ['stranger', 'manager', 'mission', 'diplomatic', 'technical'],
  'community.states.read': ['manager'],
  'community.state.read': ['manager'],
  'community.request.record': ['manager'],
  'community.request.decide': ['manager'],
  'community.contact.change': ['mission'],
  'community.leave': ['mission'],
} as const satisfies Authority
