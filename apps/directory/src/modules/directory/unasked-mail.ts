import { after, day } from '@parley/kernel'
import { sql } from 'kysely'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { DirectoryTables } from './tables.ts'

/** Why an address is written to that nobody asked there. */
type UnaskedFor = 'verification' | 'warning' | 'person'

const mostUnanswered = 3

export interface Unasked {
  readonly address: string
  readonly purpose: UnaskedFor
  /** Of the outbox: a letter that is handed over again is no second one. */
  readonly delivery: string
}

/**
 * Whether an address that an entry names may be written to, and notes that it is: at most once a day, and three times
 * while nothing was ever answered there, whatever entries name it and whoever changes them. An entry is no way to
 * pester a stranger. As the worker, before the letter leaves.
 */
export async function mayWriteUnasked(
  tx: Tx,
  keys: Keys,
  now: Date,
  { address, purpose, delivery }: Unasked,
): Promise<boolean> {
  const digest = unaskedDigest(keys, address)
  const { numInsertedOrUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.unasked_mail')
    .values({ digest, purpose, last_at: now, unanswered: 1, last_delivery: delivery })
    .onConflict((conflict) =>
      conflict
        .columns(['digest', 'purpose'])
        .doUpdateSet({
          last_at: now,
          unanswered: sql`directory.unasked_mail.unanswered + (directory.unasked_mail.last_delivery <> ${delivery})::int`,
          last_delivery: delivery,
        })
        .where((before) =>
          before.or([
            before('directory.unasked_mail.last_delivery', '=', delivery),
            before.and([
              before('directory.unasked_mail.last_at', '<=', after(now, -day)),
              before('directory.unasked_mail.unanswered', '<', mostUnanswered),
            ]),
          ]),
        ),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Something came back from this address: it is no stranger's, and the count begins anew. As the worker. */
export async function noteNoStranger(tx: Tx, keys: Keys, address: string): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.unasked_mail')
    .set({ unanswered: 0 })
    .where('digest', '=', unaskedDigest(keys, address))
    .execute()
}

/** One mailbox however it is written: case and a detail behind the plus make no other. */
function unaskedDigest(keys: Keys, address: string): string {
  const [local = '', domain = ''] = address.normalize('NFKC').toLowerCase().split('@')
  return keys.digest('unasked-mail', `${local.replace(/(?!^)\+.*$/, '')}@${domain}`)
}
