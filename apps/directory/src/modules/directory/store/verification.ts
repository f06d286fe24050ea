import type { Tx } from '../../../platform/database/database.ts'
import type { AddressId, Entry } from '../domain/entry.ts'
import type { DirectoryTables } from '../tables.ts'

/** Lets the link in the message answer for this address. As the worker, which makes the link. */
export async function armVerification(
  tx: Tx,
  { id, state }: Pick<Entry, 'id' | 'state'>,
  address: AddressId,
  { digest, sentAt, endsAt }: { readonly digest: string; readonly sentAt: Date; readonly endsAt: Date },
): Promise<void> {
  const link = { link_digest: digest, link_ends_at: endsAt, sent_at: sentAt, answered_at: null }
  await tx
    .withTables<DirectoryTables>()
    .insertInto('directory.verification')
    .values({ address_id: address, entry_id: id, state, ...link })
    .onConflict((conflict) => conflict.column('address_id').doUpdateSet(link))
    .execute()
}
