import { parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { EntryId } from '../domain/entry.ts'
import type { Term } from '../search-terms.ts'
import type { DirectoryTables } from '../tables.ts'

export interface IdOfState {
  readonly id: EntryId
  readonly state: StateCode
}

/** The entries of States in the order of these, of each State and kind the oldest; read from one index alone. */
export async function listIdsByState(
  tx: Tx,
  states: readonly StateCode[],
  kinds: readonly string[],
  most: { readonly each: number; readonly all: number },
): Promise<readonly IdOfState[]> {
  const { rows } = await sql<{ id: string; state: string }>`
    select found.id, found.state
    from unnest(${[...states]}::text[]) with ordinality as wanted (state, place)
    cross join unnest(${[...kinds]}::text[]) with ordinality as wanted_kind (kind, place)
    cross join lateral (
      select id, state, created_at from directory.entry
      where entry.state = wanted.state and entry.kind = wanted_kind.kind
      order by created_at, id limit ${most.each}::int) as found
    order by wanted.place, wanted_kind.place, found.created_at, found.id limit ${most.all}::int`.execute(tx)
  return rows.flatMap(({ id, state }) => {
    const [parsed, code] = [parseId<'entry'>(id), parseStateCode(state)]
    return parsed && code ? [{ id: parsed, state: code }] : []
  })
}

interface Wanted {
  readonly states: readonly StateCode[]
  readonly kind: string | undefined
  readonly language: string | undefined
  readonly terms: readonly Term[]
  readonly most: number
}

/**
 * Entries that every term fits, `most` of them in whatever order they are found: a word that stands in half of
 * all entries then costs no more than a rare one.
 */
export async function findIdsByWords(tx: Tx, wanted: Wanted): Promise<readonly EntryId[]> {
  const { states, kind, language, terms, most } = wanted
  let query = tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select('id')
    .where(isOneOf('state', states))
    .limit(most)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (language !== undefined) query = query.where(hasTokens([`=${language}`]))
  for (const term of terms) query = query.where(({ or }) => or(meanings(term)))
  return (await query.execute()).flatMap(({ id }) => parseId<'entry'>(id) ?? [])
}

/** What a term may mean, as conditions; nothing fits a term that means nothing. */
function meanings({ term, tokens, states, kinds, language }: Term) {
  return [
    ...(states.size > 0 ? [isOneOf('state', [...states])] : []),
    ...(kinds.length > 0 ? [isOneOf('kind', kinds)] : []),
    ...(language === undefined ? [] : [hasTokens([`=${language}`])]),
    ...(tokens.length > 0
      ? [sql<boolean>`(${hasTokens(tokens)} and search like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`})`]
      : []),
  ]
}

function hasTokens(tokens: readonly string[]) {
  return sql<boolean>`tokens @> ${[...tokens]}::text[]`
}

function isOneOf(column: 'state' | 'kind', values: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`
}
