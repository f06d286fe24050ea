import { type Authority, everyone } from '../../platform/session/authority.ts'

// OEW-12: the documents are public. Importing gets its verb with its form.
export const authority = {
  'library.read': everyone,
  // OEW-16: what became of a step, the directory manager says.
  'library.step.follow': ['manager'],
} as const satisfies Authority
