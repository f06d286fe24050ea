import type { StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { TokensTables } from './tables.ts'
import { rowToToken, standingOf, type Token, type TokenId } from './token.ts'

/** The tokens of a State, the newest first; those that ended stay until they are forgotten. */
export async function listTokens(tx: Tx, state: StateCode): Promise<readonly Token[]> {
  const rows = await tx
    .withTables<TokensTables>()
    .selectFrom('tokens.token')
    .selectAll()
    .where('state', '=', state)
    .orderBy('issued_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(rowToToken)
}

/** A token that has neither ended nor expired, locked for a change; as far as the one who asks may read it. */
export async function lockToken(
  tx: Tx,
  now: Date,
  id: TokenId,
  state: StateCode,
): Promise<Token | undefined> {
  const row = await tx
    .withTables<TokensTables>()
    .selectFrom('tokens.token')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', state)
    .forUpdate()
    .executeTakeFirst()
  const token = row && rowToToken(row)
  if (!token) return undefined
  return ['live', 'suspended'].includes(standingOf(token, now)) ? token : undefined
}

export async function endToken(tx: Tx, now: Date, id: TokenId): Promise<void> {
  await tx
    .withTables<TokensTables>()
    .updateTable('tokens.token')
    .set({ ended_at: now })
    .where('id', '=', id)
    .execute()
}
