import { fold, parseId, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { parseLanguage } from './domain/languages.ts'
import { listEntries } from './store/entries.ts'
import type { DirectoryTables } from './tables.ts'

/** A place in the list of all entries. */
export interface EntryPosition {
  readonly state: StateCode
  readonly id: EntryId
}

export interface WantedPage {
  readonly state?: StateCode | undefined
  readonly kind?: string | undefined
  /** A working language (BCP 47). */
  readonly language?: string | undefined
  /** Words of the entry that a list may show. */
  readonly text?: string | undefined
  readonly after?: EntryPosition | undefined
  readonly limit: number
}

const mostTerms = 6

/** The entries of readable States by State and id, a page at a time, for those who read by machine. */
export async function listPage(
  tx: Tx,
  readable: ReadonlySet<StateCode>,
  { state, kind, language, text = '', after, limit }: WantedPage,
): Promise<{ readonly entries: readonly Entry[]; readonly next: EntryPosition | undefined }> {
  const states = [...readable].filter((each) => state === undefined || each === state)
  let query = tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.entry')
    .select('id')
    .where(sql<boolean>`state = any(${states}::text[])`)
    .orderBy('state')
    .orderBy('id')
    .limit(limit + 1)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (language !== undefined) {
    const wanted = [parseLanguage(language) ?? language]
    query = query.where(
      sql<boolean>`working_languages && ${wanted}::text[] and not ('workingLanguages' = any(card_only))`,
    )
  }
  for (const term of fold(text).split(' ').filter(Boolean).slice(0, mostTerms))
    query = query.where(sql<boolean>`search like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`}`)
  if (after) query = query.where(sql<boolean>`(state, id) > (${after.state}, ${after.id}::uuid)`)
  const found = (await query.execute()).flatMap(({ id }) => parseId<'entry'>(id) ?? [])
  const ids = found.slice(0, limit)
  const byId = new Map((await listEntries(tx, { ids })).map((entry) => [entry.id, entry]))
  const entries = ids.flatMap((id) => byId.get(id) ?? [])
  return { entries, next: found.length > limit ? entries.at(-1) : undefined }
}
