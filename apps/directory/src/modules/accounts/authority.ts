import { type Authority, everyone, everyoneSignedIn } from '../../platform/session/authority.ts'

export const authority = {
  'accounts.sign-in': everyone,
  'accounts.sign-out': everyone,
  'accounts.invitation.accept': everyone,
  'accounts.own': everyoneSignedIn,
  'accounts.our-users': ['mission'],
  'accounts.users': ['manager'],
  'accounts.managers': ['manager'],
  'accounts.suspend': ['manager'],
  'accounts.readmit': ['manager'],
} as const satisfies Authority
