import type { Tx } from '../../platform/database/database.ts'
import type { AddressId, EntryId, Rung } from './domain/entry.ts'
import type { DirectoryTables } from './tables.ts'

export interface Answered {
  readonly entry: EntryId
  /** The address that is now known better; none where the answer proves nothing about one. */
  readonly address?: AddressId | undefined
  readonly rung: Rung
  readonly at: Date
  /** The month of the answer, `YYYY-MM`; none where the entry has not answered (a delivery alone). */
  readonly month?: string | undefined
}

/** Notes what a check has shown, as the worker. An entry or address that is gone meanwhile is passed over. */
export async function noteAnswered(tx: Tx, answered: Answered): Promise<void> {
  const { entry, address, rung, at, month } = answered
  const tables = tx.withTables<DirectoryTables>()
  const of = await tables
    .selectFrom('directory.entry')
    .select('state')
    .where('id', '=', entry)
    .executeTakeFirst()
  if (!of) return
  if (month !== undefined) {
    await tables
      .insertInto('directory.last_answered')
      .values({ entry_id: entry, state: of.state, month })
      .onConflict((conflict) =>
        conflict.column('entry_id').doUpdateSet({ month }).where('directory.last_answered.month', '<', month),
      )
      .execute()
  }
  if (address === undefined) return
  const live = await tables
    .selectFrom('directory.address')
    .select('id')
    .where('id', '=', address)
    .where('entry_id', '=', entry)
    .executeTakeFirst()
  if (!live) return
  await tables
    .insertInto('directory.known')
    .values({ address_id: address, state: of.state, rung, at })
    .onConflict((conflict) =>
      conflict.columns(['address_id', 'rung']).doUpdateSet({ at }).where('directory.known.at', '<', at),
    )
    .execute()
}

/** An answer that its State says never was. */
export interface Denied {
  readonly entry: EntryId
  readonly month: string
  /** The month of the answer before it; empty where there was none. */
  readonly earlier: string
}

/** RULE-3: the month of an answer that was denied does not stand on the card; an address that answered by itself did. */
export async function noteDenied(tx: Tx, { entry, month, earlier }: Denied): Promise<void> {
  const tables = tx.withTables<DirectoryTables>()
  const verified = await tables
    .selectFrom('directory.verification')
    .select('answered_at')
    .where('entry_id', '=', entry)
    .where('answered_at', 'is not', null)
    .execute()
  const left = [earlier, ...verified.map(({ answered_at }) => answered_at?.toISOString().slice(0, 7) ?? '')]
  const before = left.toSorted().at(-1) ?? ''
  if (before === '')
    await tables
      .deleteFrom('directory.last_answered')
      .where('entry_id', '=', entry)
      .where('month', '=', month)
      .execute()
  else
    await tables
      .updateTable('directory.last_answered')
      .set({ month: before })
      .where('entry_id', '=', entry)
      .where('month', '=', month)
      .execute()
}
