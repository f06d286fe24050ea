import type { Tx } from '../../platform/database/database.ts'
import type { SnapshotTables } from './tables.ts'

/** What is told of a snapshot before it is fetched. */
export interface SnapshotIssue {
  readonly number: number
  readonly issuedAt: Date
  readonly content: string
  /** SHA-256 of the file, hex. */
  readonly digest: string
  /** In bytes. */
  readonly size: number
  readonly publicKey: string
  /** 64 bytes in base64. */
  readonly signature: string
  readonly isReplaced: boolean
}

/** The newest snapshot, or the one of this number; of one that was replaced its signature is still told for a while. */
export async function findIssue(tx: Tx, number?: number): Promise<SnapshotIssue | undefined> {
  let query = tx
    .withTables<SnapshotTables>()
    .selectFrom('snapshot.issue')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
  if (number !== undefined) query = query.where('number', '=', number)
  const row = await query.executeTakeFirst()
  return (
    row && {
      number: Number(row.number),
      issuedAt: row.issued_at,
      content: row.content,
      digest: row.digest,
      size: Number(row.size),
      publicKey: row.public_key,
      signature: row.signature,
      isReplaced: row.replaced_at !== null,
    }
  )
}

export async function insertIssue(
  tx: Tx,
  now: Date,
  parts: readonly string[],
  issue: SnapshotTables['snapshot.issue'],
): Promise<void> {
  const tables = tx.withTables<SnapshotTables>()
  await tables
    .updateTable('snapshot.issue')
    .set({ replaced_at: now })
    .where('replaced_at', 'is', null)
    .execute()
  await tables.insertInto('snapshot.issue').values(issue).execute()
  for (const [position, text] of parts.entries())
    await tables.insertInto('snapshot.part').values({ number: issue.number, position, text }).execute()
}

/** POC-13: people who were withdrawn are soon in no file of this Directory any more. */
export async function deleteReplaced(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<SnapshotTables>()
    .deleteFrom('snapshot.issue')
    .where('replaced_at', '<=', before)
    .execute()
}

/** One part of the file; nothing behind its end. */
export async function findPart(tx: Tx, number: number, position: number): Promise<string | undefined> {
  const row = await tx
    .withTables<SnapshotTables>()
    .selectFrom('snapshot.part')
    .select('text')
    .where('number', '=', number)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.text
}
