import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = {
  'community.overview.read': everyone,
  'community.public.read': everyone,
  'community.states.read': ['manager'],
  'community.state.read': ['manager'],
  'community.request.record': ['manager'],
  'community.request.decide': ['manager'],
  'community.state.decide': ['manager'],
  'community.mission.change': ['manager'],
  'community.contact.change': ['mission'],
  'community.leave': ['mission'],
} as const satisfies Authority
