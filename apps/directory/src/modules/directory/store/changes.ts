import { parseId, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Decision } from '../domain/decide-change.ts'
import type { EntryId } from '../domain/entry.ts'
import { type ChangeId, type ContactChange, outcomes, readFormer } from '../domain/former-value.ts'
import type { DirectoryTables } from '../tables.ts'

type ChangeRow = DirectoryTables['directory.contact_change']

export interface NewChange extends Pick<
  ContactChange,
  'id' | 'entry' | 'former' | 'successors' | 'changedAt' | 'shownUntil'
> {
  readonly state: StateCode
  readonly linkEndsAt: Date
  readonly eraseAt: Date
}

/** Keeps what stood there before, and shows it on the card. */
export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  const { id, entry, state, former, changedAt, shownUntil } = change
  const row: ChangeRow = {
    id,
    entry_id: entry,
    state,
    former: former.map(({ extension = null, ...value }) => ({ ...value, extension })),
    successors: change.successors,
    changed_at: changedAt,
    shown_until: shownUntil,
    erase_at: change.eraseAt,
    link_digest: null,
    link_ends_at: change.linkEndsAt,
    disputed_at: null,
    reminded_at: null,
    decided_at: null,
    outcome: null,
    compromised: [],
  }
  const tables = tx.withTables<DirectoryTables>()
  // The driver would send a list as an array of the database's own.
  const json = sql<ChangeRow['former']>`${JSON.stringify(row.former)}::text::jsonb`
  await tables
    .insertInto('directory.contact_change')
    .values({ ...row, former: json })
    .execute()
  await showFormer(tx, row, false)
}

/** Shows a change's former values on the card again, as disputed; nothing when the Mission has decided since. As the worker. */
export async function showDisputed(tx: Tx, id: ChangeId): Promise<void> {
  const tables = tx.withTables<DirectoryTables>()
  const row = await tables
    .selectFrom('directory.contact_change')
    .selectAll()
    .where('id', '=', id)
    .where('disputed_at', 'is not', null)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  if (!row) return
  await tables.deleteFrom('directory.shown_former').where('change_id', '=', id).execute()
  await showFormer(tx, row, true)
}

async function showFormer(tx: Tx, row: ChangeRow, disputed: boolean): Promise<void> {
  const rows = readFormer(row.former).map(({ id, what, value, extension = null }) => ({
    id,
    change_id: row.id,
    entry_id: row.entry_id,
    state: row.state,
    what,
    value,
    extension,
    successors: row.successors,
    shown_until: row.shown_until,
    disputed,
  }))
  await tx.withTables<DirectoryTables>().insertInto('directory.shown_former').values(rows).execute()
}

/** A value that the entry uses again is no former one; what is disputed stays until the Mission decides. */
export async function hideUsedAgain(tx: Tx, entry: EntryId, values: readonly string[]): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.shown_former')
    .where('entry_id', '=', entry)
    .where('disputed', '=', false)
    .where('value', 'in', values)
    .execute()
}

/** The changes of an entry that are still kept, the newest first: for its State, the manager and the worker. */
export async function listChanges(tx: Tx, entry: EntryId): Promise<readonly ContactChange[]> {
  const rows = await changes(tx).where('entry_id', '=', entry).orderBy('changed_at', 'desc').execute()
  return rows.map(rowToChange)
}

export async function findChange(tx: Tx, id: ChangeId): Promise<ContactChange | undefined> {
  const row = await changes(tx).where('id', '=', id).executeTakeFirst()
  return row && rowToChange(row)
}

/** Lets the link of the warning open this change: written by the worker, which makes the link. */
export async function armLink(tx: Tx, id: ChangeId, digest: string): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.contact_change')
    .set({ link_digest: digest })
    .where('id', '=', id)
    .execute()
}

/** Disputed changes that wait for their Mission, of one State or of all. */
export async function listDisputed(tx: Tx, state?: StateCode): Promise<readonly ContactChange[]> {
  let query = changes(tx).where('disputed_at', 'is not', null).where('outcome', 'is', null)
  if (state !== undefined) query = query.where('state', '=', state)
  return (await query.orderBy('disputed_at').execute()).map(rowToChange)
}

/** Writes what the Mission made of a change, and what the card shows of it from now on; false when it was decided since. */
export async function decideChangeRow(
  tx: Tx,
  now: Date,
  change: ContactChange,
  { outcome, compromised }: Decision,
): Promise<boolean> {
  const tables = tx.withTables<DirectoryTables>()
  const { numUpdatedRows } = await tables
    .updateTable('directory.contact_change')
    .set({ decided_at: now, outcome, compromised })
    .where('id', '=', change.id)
    .where('outcome', change.outcome === undefined ? 'is' : '=', change.outcome ?? null)
    .where(sql<boolean>`compromised = ${change.compromised}::text[]`)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  const shown = () => tables.deleteFrom('directory.shown_former').where('change_id', '=', change.id)
  if (outcome === 'restored' || change.former.length === 0) await shown().execute()
  else if (compromised.length > 0) await shown().where('id', 'in', compromised).execute()
  await tables
    .updateTable('directory.shown_former')
    .set({ disputed: false })
    .where('change_id', '=', change.id)
    .execute()
  return true
}

/** What nobody needs any more: values that the card showed long enough, changes past their retention. As the worker. */
export async function eraseChanges(tx: Tx, now: Date): Promise<void> {
  const tables = tx.withTables<DirectoryTables>()
  await tables
    .deleteFrom('directory.shown_former')
    .where('disputed', '=', false)
    .where('shown_until', '<=', now)
    .execute()
  await tables
    .deleteFrom('directory.contact_change')
    .where('erase_at', '<=', now)
    .where((row) => row.or([row('disputed_at', 'is', null), row('outcome', 'is not', null)]))
    .execute()
}

/** Disputes that wait for their Mission and were begun, or last reminded of, before an instant. As the worker. */
export async function listWaiting(tx: Tx, before: Date): Promise<readonly WaitingDispute[]> {
  const rows = await changes(tx)
    .where('disputed_at', 'is not', null)
    .where('outcome', 'is', null)
    .where(sql<boolean>`coalesce(reminded_at, disputed_at) <= ${before}`)
    .where(sql<boolean>`former <> '[]'::jsonb`)
    .orderBy('disputed_at')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...rowToChange(row), state: row.state }))
}

export interface WaitingDispute extends ContactChange {
  readonly state: string
}

/** False when it was decided, or somebody reminded, meanwhile. As the worker. */
export async function noteReminded(tx: Tx, now: Date, change: ContactChange, before: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.contact_change')
    .set({ reminded_at: now })
    .where('id', '=', change.id)
    .where('outcome', 'is', null)
    .where(sql<boolean>`coalesce(reminded_at, disputed_at) <= ${before}`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What a disputed change took away is not kept any longer; that it is disputed stays on the card. As the worker. */
export async function eraseFormer(tx: Tx, change: ContactChange): Promise<boolean> {
  const tables = tx.withTables<DirectoryTables>()
  const { numUpdatedRows } = await tables
    .updateTable('directory.contact_change')
    .set({ former: sql<ChangeRow['former']>`'[]'::jsonb` })
    .where('id', '=', change.id)
    .where('outcome', 'is', null)
    .where(sql<boolean>`former <> '[]'::jsonb`)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  const [first, ...others] = change.former.map(({ id }) => id)
  if (others.length > 0) await tables.deleteFrom('directory.shown_former').where('id', 'in', others).execute()
  if (first !== undefined)
    await tables
      .updateTable('directory.shown_former')
      .set({ value: null, extension: null })
      .where('id', '=', first)
      .execute()
  return true
}

function changes(tx: Tx) {
  return tx.withTables<DirectoryTables>().selectFrom('directory.contact_change').selectAll()
}

function rowToChange(row: ChangeRow): ContactChange {
  const [id, entry] = [parseId<'change'>(row.id), parseId<'entry'>(row.entry_id)]
  if (!id || !entry) throw new Error('A change has no id or no entry')
  return {
    id,
    entry,
    former: readFormer(row.former),
    successors: row.successors,
    changedAt: row.changed_at,
    shownUntil: row.shown_until,
    disputedAt: row.disputed_at ?? undefined,
    outcome: outcomes.find((each) => each === row.outcome),
    compromised: row.compromised,
  }
}
