import { after, hour } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { DirectoryTables } from '../tables.ts'

/** Takes so many cards from what is left of a person's hour: when that hour began, or nothing where too few are left. */
export async function takeCards(
  tx: Tx,
  now: Date,
  { account, cards, most }: { readonly account: string; readonly cards: number; readonly most: number },
): Promise<Date | undefined> {
  if (cards > most) return undefined
  const over = after(now, -hour)
  const { rows } = await sql<{ since: Date }>`
    insert into directory.cards_opened as opened (account_id, since, cards) values (${account}, ${now}, ${cards})
    on conflict (account_id) do update set
      since = case when opened.since <= ${over} then excluded.since else opened.since end,
      cards = case when opened.since <= ${over} then excluded.cards else opened.cards + excluded.cards end
    where opened.since <= ${over} or opened.cards + excluded.cards <= ${most}
    returning opened.since`.execute(tx)
  return rows[0]?.since
}

export async function eraseTaken(tx: Tx, before: Date): Promise<void> {
  await tx
    .withTables<DirectoryTables>()
    .deleteFrom('directory.cards_opened')
    .where('since', '<=', before)
    .execute()
}
