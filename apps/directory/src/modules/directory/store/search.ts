import { parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { EntryId } from '../domain/entry.ts'
import { tokensOfKind } from '../domain/search-tokens.ts'
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
  readonly kinds: readonly string[]
  readonly language: string | undefined
  readonly terms: readonly Term[]
  readonly most: number
}

/**
 * Entries of these kinds that every term fits, `most` of them in whatever order they are found: a word that stands in
 * half of all entries then costs no more than a rare one.
 */
export async function findIdsByWords(tx: Tx, wanted: Wanted): Promise<readonly EntryId[]> {
  const { states, kinds, language, terms, most } = wanted
  const found = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select('id')
    .where(isOneOf('state', states))
    .where(({ or, and }) =>
      or(
        kinds.map((kind) =>
          and([
            isOneOf('kind', [kind]),
            ...(language === undefined ? [] : [hasTokens(kind, [`=${language}`])]),
            ...terms.map((term) => or(meanings(kind, term))),
          ]),
        ),
      ),
    )
    .limit(most)
    .execute()
  return found.flatMap(({ id }) => parseId<'entry'>(id) ?? [])
}

/** What a term may mean in an entry of this kind, as conditions; nothing fits a term that means nothing. */
function meanings(kind: string, { term, tokens, states, kinds, language }: Term) {
  return [
    ...(states.size > 0 ? [isOneOf('state', [...states])] : []),
    ...(kinds.includes(kind) ? [sql<boolean>`true`] : []),
    ...(language === undefined ? [] : [hasTokens(kind, [`=${language}`])]),
    ...(tokens.length > 0
      ? [sql<boolean>`(${hasTokens(kind, tokens)} and strpos(search, ${term}) > 0)`]
      : []),
  ]
}

function hasTokens(kind: string, tokens: readonly string[]) {
  return sql<boolean>`tokens @> ${[...tokensOfKind(kind, tokens)]}::text[]`
}

function isOneOf(column: 'state' | 'kind', values: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`
}
