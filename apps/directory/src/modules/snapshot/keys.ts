import { refuse, type Result } from '@parley/kernel'
import { type Succession, successionText } from '@parley/protocol/snapshot'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { openSigningKey, type SigningKey } from '../../platform/config/signing-key.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { SnapshotTables } from './tables.ts'

/** Each generation's key is derived from the secret; the table says which one signs now, and who signed it. */
function keyOf(keys: Keys, generation: number): SigningKey {
  return openSigningKey(keys.mac('snapshot', `key ${generation}`))
}

/** The public key that signs snapshots now; none before the first. Anybody may ask. */
export async function findPublicKey(tx: Tx): Promise<string | undefined> {
  return (await listKeys(tx)).at(-1)?.public_key
}

/** The key that signs now, made where there is none yet. */
export async function currentKey(tx: Tx, keys: Keys, now: Date): Promise<SigningKey> {
  const last = (await listKeys(tx)).at(-1)
  const key = keyOf(keys, last?.generation ?? 1)
  if (!last) await insertKey(tx, { generation: 1, public_key: key.publicKey, since: now, signature: null })
  else if (last.public_key !== key.publicKey)
    throw new Error('The secret does not make the key of the snapshots: parley next-snapshot-key --anew')
  return key
}

/**
 * Makes the next key, signed by the one before, so that every office follows by itself. `anew` where the old one is
 * lost or in wrong hands: nothing signs it, and every office compares the fingerprint with a letter again.
 */
export async function makeNextKey(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  { keys, community, anew }: { readonly keys: Keys; readonly community: string; readonly anew: boolean },
): Promise<Result<Done<{ readonly before: string | undefined; readonly fingerprint: string }>>> {
  const last = (await listKeys(tx)).at(-1)
  const before = last && keyOf(keys, last.generation)
  if (before && before.publicKey !== last.public_key && !anew)
    return refuse({ code: 'snapshot/key-lost', kind: 'conflict' })
  const generation = (last?.generation ?? 0) + 1
  const key = keyOf(keys, generation)
  const said = { key: key.publicKey, after: last?.public_key ?? '', at: now.toISOString() }
  const signature = before && !anew ? before.sign(successionText(community, said)) : null
  await insertKey(tx, { generation, public_key: key.publicKey, since: now, signature })
  const verb = anew ? 'snapshot.key-begun-anew' : 'snapshot.key-made'
  return done({ before: last?.public_key, fingerprint: key.fingerprint }, [
    { verb, subject: `snapshot-key:${generation}` },
  ])
}

/** How the current key followed the first one of its line. */
export async function listSuccessions(tx: Tx): Promise<readonly Succession[]> {
  const rows = await listKeys(tx)
  const begun = rows.findLastIndex(({ signature }) => signature === null)
  return rows.slice(begun + 1).map(({ public_key: key, since, signature }, at) => ({
    key,
    after: rows[begun + at]?.public_key ?? '',
    at: since.toISOString(),
    signature: signature ?? '',
  }))
}

async function listKeys(tx: Tx): Promise<readonly SnapshotTables['snapshot.key'][]> {
  return tx
    .withTables<SnapshotTables>()
    .selectFrom('snapshot.key')
    .selectAll()
    .orderBy('generation')
    .execute()
}

async function insertKey(tx: Tx, row: SnapshotTables['snapshot.key']): Promise<void> {
  await tx.withTables<SnapshotTables>().insertInto('snapshot.key').values(row).execute()
}
