import { ok, type Result } from '@parley/kernel'
import type { Act } from '../../platform/history/record.ts'
import { useWholeList } from '../directory/index.ts'
import type { SystemScope } from './system-door.ts'
import type { TokensTables } from './tables.ts'
import { decideCard, decideListing, tokenSubject } from './token.ts'

/** How a list was read: by pages of the API, or as an address book. */
type Way = 'api' | 'address-book' | 'snapshot'

/**
 * Counts the States whose entries an answer holds, against the token's hour. The acts are the line that each use
 * of the whole list is, ten a day as for a person; which States were read stands nowhere (RULE-12).
 */
export async function countListing(
  scope: SystemScope,
  reading: { readonly states: number; readonly begins: boolean; readonly way: Way },
): Promise<Result<readonly Act[]>> {
  const { tx, token, now } = scope
  const { id } = token
  const decided = decideListing(token, reading, now)
  if (!decided.ok) return decided
  const { statesListed, isWholeList } = decided.value
  const used = isWholeList ? await useWholeList(scope, wholeListLine(scope, reading.way)) : undefined
  if (used && !used.ok) return used
  await tx
    .withTables<TokensTables>()
    .updateTable('tokens.token')
    .set({ states_listed: statesListed })
    .where('id', '=', id)
    .execute()
  return ok(used ? [used.value] : [])
}

/** A snapshot is the whole list, however many States take part: a line, and ten a day together with lists. */
export async function countSnapshot(scope: SystemScope): Promise<Result<readonly Act[]>> {
  const used = await useWholeList(scope, wholeListLine(scope, 'snapshot'))
  return used.ok ? ok([used.value]) : used
}

function wholeListLine({ token: { id, name, state } }: SystemScope, way: Way) {
  return { verb: 'token.whole-list-read', subject: tokenSubject(id), state, content: { name, way } }
}

/** Counts one contact card against the token's hour. */
export async function countCard({ tx, token, now }: SystemScope): Promise<Result<undefined>> {
  const decided = decideCard(token, now)
  if (!decided.ok) return decided
  await tx
    .withTables<TokensTables>()
    .updateTable('tokens.token')
    .set({ cards_read: decided.value })
    .where('id', '=', token.id)
    .execute()
  return ok(undefined)
}
