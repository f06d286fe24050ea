import { newId, ok, refuse, type Result, type StateCode } from '@parley/kernel'
import type { Body } from '@parley/web'
import { type ActionScope, done, type Done } from '../../../platform/action.ts'
import { type Community, listParticipatingMembers } from '../../community/index.ts'
import type { EntryContent } from '../domain/entry.ts'
import { bodyOfEntry } from '../entry-fields.ts'
import { OfferMade } from '../events.ts'
import { insertProposal, proposalSubject } from '../import-entries/proposals.ts'
import { countOpenOffers, insertOffer } from './offers.ts'

export const mostOpenOffers = 20

export interface Nomination {
  readonly state: StateCode
  readonly kind: string
  readonly content: EntryContent
}

/**
 * POC-38: a regional organization offers a nomination to a member that participates. It is a proposal: nothing of the
 * State changes, and the organization never sees what the State has.
 */
export async function offerNomination(
  { tx, now, actor }: Pick<ActionScope, 'tx' | 'now' | 'actor'>,
  community: Community,
  { state, kind, content }: Nomination,
): Promise<Result<Done<undefined>>> {
  if (actor.role !== 'regional') return refuse({ code: 'web/forbidden', kind: 'forbidden' })
  const { organization } = actor
  const found = community.organizations.find(({ code }) => code === organization)
  const members = await listParticipatingMembers({ tx, actor }, found?.members ?? new Set())
  if (!found || !members.includes(state))
    return refuse({ code: 'directory/state-absent', kind: 'invalid', field: 'state' })
  const may = mayOffer(community, kind, content)
  if (!may.ok) return may
  if ((await countOpenOffers(tx, organization)) >= mostOpenOffers)
    return refuse({ code: 'directory/too-many-offers', kind: 'conflict' })
  const id = newId<'proposal'>()
  const source = found.names[community.findState(state)?.missionLanguage ?? 'en']
  const fields: Body = bodyOfEntry(content)
  await insertOffer(tx, now, { id, organization, state, kind })
  await insertProposal(tx, now, { state, kind, fields, source }, id)
  return done(
    undefined,
    [{ verb: 'proposal.offered', subject: proposalSubject(id), state }],
    [OfferMade({ offer: id, state })],
  )
}

function mayOffer(community: Community, kind: string, { addresses }: EntryContent): Result<undefined> {
  if (!community.profile.kinds.some(({ id }) => id === kind))
    return refuse({ code: 'directory/kind-unknown', kind: 'invalid', field: 'kind' })
  return addresses.length > 0
    ? ok(undefined)
    : refuse({ code: 'directory/no-address', kind: 'invalid', field: 'email1' })
}
