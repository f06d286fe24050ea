import { after, day, type Id, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { DirectoryTables } from '../tables.ts'

const outcomes = ['open', 'accepted', 'declined', 'lapsed'] as const
type Outcome = (typeof outcomes)[number]

/** What an organization knows of what it offered: to whom, and what became of it. */
export interface Offer {
  readonly state: StateCode
  readonly kind: string
  readonly offeredAt: Date
  readonly outcome: Outcome
  readonly settledAt: Date | undefined
}

const keptFor = 730 * day

export async function insertOffer(
  tx: Tx,
  now: Date,
  offer: { readonly id: Id<'proposal'>; readonly organization: string } & Pick<Offer, 'state' | 'kind'>,
): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.offer')
    .values({ ...offer, offered_at: now, outcome: 'open', settled_at: null, told_at: null })
    .execute()
}

/** What an organization offered, the newest first. */
export async function listOffers(tx: Tx, organization: string): Promise<readonly Offer[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.offer')
    .selectAll()
    .where('organization', '=', organization)
    .orderBy('offered_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.flatMap((row) => {
    const state = parseStateCode(row.state)
    const outcome = outcomes.find((each) => each === row.outcome)
    if (!state || !outcome) return []
    return [
      { state, kind: row.kind, offeredAt: row.offered_at, outcome, settledAt: row.settled_at ?? undefined },
    ]
  })
}

export async function countOpenOffers(tx: Tx, organization: string): Promise<number> {
  const { open } = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.offer')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('organization', '=', organization)
    .where('outcome', '=', 'open')
    .executeTakeFirstOrThrow()
  return open
}

/** Notes what became of a proposal, where it was an organization's offer. */
export async function settleOffer(
  tx: Tx,
  now: Date,
  id: string,
  outcome: Exclude<Outcome, 'open'>,
): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.offer')
    .set({ outcome, settled_at: now })
    .where('id', '=', id)
    .where('outcome', '=', 'open')
    .execute()
}

/** Whether the Mission is to be told of an offer: it was told of none within a day. It counts as told from now on. */
export async function isFirstOfDay(tx: Tx, now: Date, id: string, state: StateCode): Promise<boolean> {
  const offers = tx.withTables<DirectoryTables>()
  const told = await offers
    .selectFrom('directory.offer')
    .select('id')
    .where('state', '=', state)
    .where('id', '!=', id)
    .where('told_at', '>', after(now, -day))
    .executeTakeFirst()
  if (told) return false
  await offers.updateTable('directory.offer').set({ told_at: now }).where('id', '=', id).execute()
  return true
}

export async function forgetOffers(tx: Tx, now: Date): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.offer')
    .where('outcome', '!=', 'open')
    .where('settled_at', '<=', after(now, -keptFor))
    .execute()
}
