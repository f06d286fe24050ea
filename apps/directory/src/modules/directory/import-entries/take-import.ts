import { refuse, type Result } from '@parley/kernel'
import { type Action, done, type Done } from '../../../platform/action.ts'
import type { ActScope, Next } from '../../../platform/dual-control/dual-act.ts'
import type { TwoPersonRule } from '../../../platform/dual-control/two-person-rule.ts'
import type { Act } from '../../../platform/history/record.ts'
import type { DirectoryScope } from '../../../platform/pages/scope.ts'
import type { Profile } from '../../community/index.ts'
import { addEntry } from '../add-entry.ts'
import { changeEntry } from '../change-entry.ts'
import type { Entry } from '../domain/entry.ts'
import { settleOffer } from '../offer-nomination/offers.ts'
import { additionToJson, changeToJson, type EntryActs } from '../own-acts/entry-acts.ts'
import { findEntry, listEntries } from '../store/entries.ts'
import { type Proposal, proposalSubject, insertProposal, listProposals, removeProposal } from './proposals.ts'
import type { Tried } from './try-import.ts'
import { findLive, weigh, type Weighed } from './weigh-record.ts'

type Taken = Extract<Tried, { readonly weighed: Weighed }>

/** A Mission takes over records of its own State: by the same acts as the form's, under the same rule. */
export function takeOver(
  scope: ActScope,
  rule: Pick<TwoPersonRule, 'start'>,
  { added, changed }: EntryActs,
  { state, kind, weighed: { live, content } }: Taken,
): Promise<Result<Done<Next>>> {
  return live
    ? rule.start(scope, changed, changeToJson({ entry: live.id, version: live.version, content }))
    : rule.start(scope, added, additionToJson({ state, kind, content }))
}

/** RULE-6: what somebody else brings for a State is a proposal; nothing of the State changes by it. */
export function propose(record: Taken, source: string): Action<Proposal> {
  return async ({ tx, now }) => {
    const { state, kind, fields, weighed } = record
    const proposal = await insertProposal(tx, now, { state, kind, fields, source, entry: weighed.live?.id })
    const act = {
      verb: 'proposal.made',
      subject: proposalSubject(proposal.id),
      state,
      content: { kind, source },
    }
    return done(proposal, [act])
  }
}

/** RULE-9: the lines of the States whose live entries were shown beside a file of somebody else. */
export function heldAgainst(tried: readonly Tried[]): readonly Act[] {
  const states = tried.flatMap((each) => ('weighed' in each && each.weighed.live ? [each.state] : []))
  return [...new Set(states)].map((state) => ({ verb: 'import.tried', subject: `state:${state}`, state }))
}

/** A proposal held against what is live now. */
export async function weighProposal(
  { tx }: Pick<DirectoryScope, 'tx'>,
  { state, kind, entry, fields }: Proposal,
): Promise<Weighed | undefined> {
  const entries = await listEntries(tx, { state })
  const weighed = weigh(fields, state, findLive(entries, { id: entry ?? '', kind, fields }))
  return weighed.ok ? weighed.value : undefined
}

/**
 * What was proposed is accepted as it was shown: `version` is that of the entry that was seen, 0 of none. The Mission
 * accepts it, or for it, on a note verbale, two managers.
 */
export function acceptProposal(
  profile: Profile,
  id: string,
  version: number,
  noteVerbale?: string,
): Action<Entry> {
  return async (scope) => {
    const found = await findProposal(scope, id)
    if (!found.ok) return found
    const proposal = found.value
    const weighed = await weighProposal(scope, proposal)
    const live = weighed?.live && (await findEntry(scope.tx, weighed.live.id))
    if (!weighed || (live?.version ?? 0) !== version)
      return refuse({ code: 'directory/changed-meanwhile', kind: 'conflict' })
    if (!(await removeProposal(scope.tx, proposal.id))) return refuse(settled)
    await settleOffer(scope.tx, scope.now, proposal.id, 'accepted')
    const { state, kind } = proposal
    const { content } = weighed
    const taken = await (
      live
        ? changeEntry(profile, { entry: live.id, version, content, noteVerbale })
        : addEntry(profile, { state, kind, content, noteVerbale })
    )(scope)
    if (!taken.ok) return taken
    const verb = noteVerbale === undefined ? 'proposal.accepted' : 'proposal.accepted-for-state'
    const act = { verb, subject: proposalSubject(proposal.id), state }
    return done(taken.value.value, [act, ...taken.value.acts], taken.value.events)
  }
}

export function declineProposal(id: string): Action<void> {
  return async (scope) => {
    if (scope.actor.role !== 'mission') return refuse(settled)
    const found = await findProposal(scope, id)
    if (!found.ok) return found
    if (!(await removeProposal(scope.tx, found.value.id))) return refuse(settled)
    await settleOffer(scope.tx, scope.now, found.value.id, 'declined')
    const { state } = found.value
    return done(undefined, [{ verb: 'proposal.declined', subject: proposalSubject(found.value.id), state }])
  }
}

const settled = { code: 'directory/proposal-absent', kind: 'absent' } as const

/** A proposal that waits: to the own State, or for the manager to any. */
export async function findProposal(
  { tx, actor }: Pick<DirectoryScope, 'tx' | 'actor'>,
  id: string,
): Promise<Result<Proposal>> {
  const whose = actor.role === 'manager' ? 'of every State' : 'state' in actor ? actor.state : undefined
  const proposals = whose === undefined ? [] : await listProposals(tx, whose)
  const proposal = proposals.find((each) => each.id === id)
  return proposal ? { ok: true, value: proposal } : refuse(settled)
}
