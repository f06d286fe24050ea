import { type Authority, everyone } from '../../platform/session/authority.ts'

export const authority = { 'guides.read': everyone } as const satisfies Authority
