import type { StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { prepared } from '../../../platform/database/prepared.ts'
import { frozenSince, takesPart } from '../../community/index.ts'
import type { Card, CardOnPage, ShownFormer } from '../domain/card.ts'
import type { EntryId } from '../domain/entry.ts'
import { formerKinds } from '../domain/former-value.ts'
import type { AddressRow, DirectoryTables, KeyRow } from '../tables.ts'
import { rowToKey } from './keys.ts'
import { entryColumns, type ReadEntryRow, rowToAddress, rowToEntry } from './rows.ts'

/** A row within an answer in JSON. */
type Within<Row> = {
  readonly [Column in keyof Row]: Date extends Row[Column] ? string | Exclude<Row[Column], Date> : Row[Column]
}

type FormerRow = Within<DirectoryTables['directory.shown_former']>

interface CardRow extends ReadEntryRow {
  readonly addresses: readonly Within<AddressRow>[]
  readonly keys: readonly Within<KeyRow>[]
  readonly former: readonly FormerRow[]
  readonly unanswered: readonly Within<DirectoryTables['directory.unanswered_address']>[]
  readonly frozen_since: Date | null
}

const rowsOf = (table: string, order: string, where = '') =>
  `coalesce((select json_agg(each order by ${order}) from directory.${table} as each where entry_id = entry.id ${where}), '[]')`

const cardStatement = (which: string, more = '') => `
  select ${entryColumns.map((column) => `entry.${column}`).join(', ')},
    ${rowsOf('address', 'position')} as addresses,
    ${rowsOf('key', 'scheme')} as keys,
    ${rowsOf('shown_former', 'shown_until desc, id', 'and (disputed or shown_until > $2)')} as former,
    ${rowsOf('unanswered_address', 'address_id')} as unanswered,
    ${frozenSince('entry.state')} as frozen_since ${more}
  from directory.entry
  where ${which} and ${takesPart('entry.state')} and ${takesPart('coalesce($3, entry.state)')}
  order by kind, created_at, id`

const readCard = prepared<CardRow>('card', cardStatement('id = $1'))
const readOwnCards = prepared<CardRow>('own-cards', cardStatement('state = $1'))
const readCardOnPage = prepared<CardRow & { readonly month: string | null }>(
  'card-on-page',
  cardStatement(
    'id = $1',
    ', (select month from directory.last_answered where entry_id = entry.id) as month',
  ),
)

/** The card of an entry whose State takes part, for a reader whose own State does, where the reader has one. */
export async function findCard(
  tx: Tx,
  now: Date,
  id: EntryId,
  reader: StateCode | undefined,
): Promise<Card | undefined> {
  const [row] = await readCard(tx, [id, now, reader ?? null])
  return row && rowToCard(row)
}

/** The cards of a State for itself, by kind and age. */
export async function listOwnCards(tx: Tx, now: Date, state: StateCode): Promise<readonly Card[]> {
  return (await readOwnCards(tx, [state, now, state])).map(rowToCard)
}

/** The same as `findCard` with the month of the last answer: for the page of the contact card alone (RULE-3). */
export async function findCardOnPage(
  tx: Tx,
  now: Date,
  id: EntryId,
  reader: StateCode | undefined,
): Promise<CardOnPage | undefined> {
  const [row] = await readCardOnPage(tx, [id, now, reader ?? null])
  return row && { ...rowToCard(row), lastAnswered: row.month ?? undefined }
}

function rowToCard(row: CardRow): Card {
  const addresses = row.addresses.map((each) =>
    rowToAddress({ ...each, changed_at: new Date(each.changed_at) }),
  )
  const keys = row.keys.map((each) =>
    rowToKey({
      ...each,
      added_at: new Date(each.added_at),
      expires_at: each.expires_at === null ? null : new Date(each.expires_at),
    }),
  )
  return {
    entry: rowToEntry(row, addresses),
    keys,
    former: row.former.flatMap(shownFormer),
    unanswered: new Map(row.unanswered.map((each) => [each.address_id, new Date(each.since)])),
    frozenSince: row.frozen_since ?? undefined,
  }
}

function shownFormer(row: FormerRow): readonly ShownFormer[] {
  const what = formerKinds.find((each) => each === row.what)
  if (!what) return []
  const { value, successors, disputed } = row
  return [
    {
      what,
      value: value ?? undefined,
      extension: row.extension ?? undefined,
      successors,
      until: new Date(row.shown_until),
      disputed,
    },
  ]
}

/** The ids of what is disputed among the addresses and keys of these entries. */
export async function listDisputedIn(tx: Tx, entries: readonly EntryId[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.shown_former')
    .select('successors')
    .where('disputed', '=', true)
    .where(sql<boolean>`entry_id = any(${[...entries]}::uuid[])`)
    .execute()
  return new Set(rows.flatMap(({ successors }) => successors))
}
