import { type Authority, everyone } from '../../platform/session/authority.ts'

// OEW-12: the documents are public. Importing gets its verb with its form.
export const authority = {
  'library.read': everyone,
} as const satisfies Authority
