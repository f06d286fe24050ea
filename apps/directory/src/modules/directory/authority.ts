import { type Authority, everyone } from '../../platform/session/authority.ts'

// Which State's entry it is, and of which kind, is asked by `decideAuthorship` and by row-level security.
export const authority = {
  'directory.find': ['manager', 'mission', 'poc'],
  'directory.card.read': ['manager', 'mission', 'poc'],
  'directory.counterparts.read': ['mission', 'poc'],
  'directory.list.take': ['mission', 'poc'],
  'directory.list-right.give': ['mission'],
  'directory.our-state.read': ['mission'],
  // Of POCs: those to whom their Mission has delegated it.
  'directory.entry.add': ['manager', 'mission', 'poc'],
  'directory.entry.change': ['manager', 'mission', 'poc'],
  'directory.key.change': ['manager', 'mission', 'poc'],
  'directory.key.remove': ['manager', 'mission', 'poc'],
  'directory.import': ['manager', 'mission'],
  'directory.offer': ['regional'],
  'directory.proposals.read': ['mission'],
  'directory.proposal.settle': ['mission'],
  // Under dual control: on a note verbale, and more than one State's entries.
  'directory.proposal.accept': ['manager'],
  'directory.export': ['manager'],
  'directory.entry.withdraw': ['manager', 'mission', 'poc'],
  'directory.entry.confirm': ['mission'],
  // Behind the links of letters: whoever holds one.
  'directory.change.dispute': everyone,
  'directory.address.answer': everyone,
  'directory.change.decide': ['mission'],
  'directory.delegates': ['mission'],
  'directory.changes.read': ['manager'],
} as const satisfies Authority
