import type { Tx } from '../../../platform/database/database.ts'
import type { EntryId } from '../domain/entry.ts'
import { type FormerValue, formerKinds } from '../domain/former-value.ts'
import type { DirectoryTables } from '../tables.ts'

/** A former value as the contact card shows it to everybody who may read the card. */
export interface ShownFormer extends Pick<FormerValue, 'what' | 'value' | 'extension'> {
  readonly successors: readonly string[]
  readonly until: Date
  readonly disputed: boolean
}

export async function listShownFormer(tx: Tx, now: Date, entry: EntryId): Promise<readonly ShownFormer[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.shown_former')
    .selectAll()
    .where('entry_id', '=', entry)
    .where((row) => row.or([row('disputed', '=', true), row('shown_until', '>', now)]))
    .orderBy('shown_until', 'desc')
    .orderBy('id')
    .execute()
  return rows.flatMap((row) => {
    const what = formerKinds.find((each) => each === row.what)
    if (!what) return []
    const { value, successors, disputed } = row
    return [
      { what, value, extension: row.extension ?? undefined, successors, until: row.shown_until, disputed },
    ]
  })
}
