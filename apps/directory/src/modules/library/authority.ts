import { type Authority, everyone } from '../../platform/session/authority.ts'

// OEW-12: the documents are public; the directory manager brings them.
export const authority = {
  'library.read': everyone,
  // OEW-16: what became of a step, the directory manager says.
  'library.step.follow': ['manager'],
  'library.import': ['manager'],
  'library.annotate': ['manager'],
} as const satisfies Authority
