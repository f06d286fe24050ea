import {
  after,
  day,
  hour,
  type Id,
  type Json,
  newId,
  parseId,
  parseStateCode,
  type StateCode,
} from '@parley/kernel'
import type { Body } from '@parley/web'
import { z } from 'zod'
import { type Action, asDuty, done, type Performer } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { Duty } from '../../../platform/duties/duties.ts'
import { forgetOffers, settleOffer } from '../offer-nomination/offers.ts'
import type { DirectoryTables } from '../tables.ts'

export interface Proposal {
  readonly id: Id<'proposal'>
  readonly state: StateCode
  readonly kind: string
  /** The live entry that it was taken for; it may be gone since. */
  readonly entry?: string | undefined
  readonly fields: Body
  /** Where it comes from, as whoever proposed it said. */
  readonly source: string
  readonly proposedAt: Date
}

const keptFor = 30 * day

export async function insertProposal(
  tx: Tx,
  now: Date,
  proposal: Omit<Proposal, 'id' | 'proposedAt'>,
  id = newId<'proposal'>(),
): Promise<Proposal> {
  const { state, kind, entry, fields, source } = proposal
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.proposal')
    .values({
      id,
      state,
      kind,
      entry_id: entry ?? null,
      fields: fields satisfies Json,
      source,
      proposed_at: now,
      erase_at: after(now, keptFor),
    })
    .execute()
  return { ...proposal, id, proposedAt: now }
}

const body = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** The proposals that wait, the oldest first: to one State, or as the manager to all of them. */
export async function listProposals(
  tx: Tx,
  whose: StateCode | 'of every State',
): Promise<readonly Proposal[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.proposal')
    .selectAll()
    .$if(whose !== 'of every State', (query) => query.where('state', '=', whose))
    .orderBy('proposed_at')
    .orderBy('id')
    .limit(whose === 'of every State' ? 2_000 : 100)
    .execute()
  return rows.map((row) => {
    const state = parseStateCode(row.state)
    const id = parseId<'proposal'>(row.id)
    if (!id || !state) throw new Error('A proposal has no id or no State')
    return {
      id,
      state,
      kind: row.kind,
      entry: row.entry_id ?? undefined,
      fields: body.parse(row.fields),
      source: row.source,
      proposedAt: row.proposed_at,
    }
  })
}

/** False when somebody settled it meanwhile. */
export async function removeProposal(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.proposal')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export function proposalSubject(id: string): string {
  return `proposal:${id}`
}

/** What a State left unanswered for 30 days is erased; nothing else follows. */
export function eraseProposalsDuty(performer: Performer): Duty {
  return {
    name: 'erase-proposals',
    every: hour,
    erases: true,
    run: async (now) => {
      const due = await performer.database.transaction({ role: 'worker' }, (tx) =>
        tx
          .withTables<DirectoryTables>()
          .selectFrom('directory.proposal')
          .select(['id', 'state'])
          .where('erase_at', '<=', now)
          .limit(500)
          .execute(),
      )
      for (const { id, state } of due)
        await performer.perform(asDuty('erase-proposals', now), erase(id, parseStateCode(state)))
      await performer.database.transaction({ role: 'worker' }, (tx) => forgetOffers(tx, now))
    },
  }
}

function erase(id: string, state: StateCode | undefined): Action<void> {
  return async ({ tx, now }) => {
    await removeProposal(tx, id)
    await settleOffer(tx, now, id, 'lapsed')
    return done(undefined, [{ verb: 'proposal.erased', subject: proposalSubject(id), state }])
  }
}
