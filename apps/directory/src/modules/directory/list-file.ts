import type { Locale, StateCode } from '@parley/kernel'
import { type Actor, actingOf } from '../../platform/session/actor.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { type Entry, withoutCardOnly } from './domain/entry.ts'
import { csvHead, csvRow, type Taken } from './entry-csv.ts'
import { jsonHead, jsonObject, jsonTail } from './entry-json.ts'
import { entryToVcard, type VcardWords } from './entry-vcard.ts'
import { type EntryPosition, listPage } from './list-page.ts'
import { readableStates } from './readers.ts'

/** In what a list of entries is written, and read again by an import. */
export const listFormats = ['csv', 'vcard', 'json'] as const
export type ListFormat = (typeof listFormats)[number]

export const listTypes: Readonly<Record<ListFormat, { readonly type: string; readonly ending: string }>> = {
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  vcard: { type: 'text/vcard; charset=utf-8', ending: 'vcf' },
  json: { type: 'application/json', ending: 'json' },
}

/** What a list is of; everything that the actor may read where it does not say. */
export interface ListWanted {
  readonly states?: ReadonlySet<StateCode> | undefined
  readonly kinds?: readonly string[] | undefined
}

const perPage = 200

/**
 * The entries that an actor may read, by State and number, a page at a time. Each page is a transaction of its own, for
 * a slow reader holds none, and asks anew who takes part: a State that leaves meanwhile is in no later page.
 */
export async function* listInPages(
  database: Pick<Database, 'transaction'>,
  actor: Actor,
  { states, kinds }: ListWanted = {},
): AsyncIterable<readonly Entry[]> {
  let after: EntryPosition | undefined
  do {
    const page = await database.transaction(actingOf(actor), async (tx) => {
      const readable = [...(await readableStates(tx, actor))]
      const wanted = new Set(readable.filter((state) => states?.has(state) ?? true))
      return listPage(tx, wanted, { after, limit: perPage })
    })
    yield kinds ? page.entries.filter(({ kind }) => kinds.includes(kind)) : page.entries
    after = page.next
  } while (after)
}

/**
 * A list as a file, part by part, so that its length costs no memory. What a State marked "card only" is left out here,
 * and the month of the last answer is no part of it (RULE-3).
 */
export async function* writeList(
  format: ListFormat,
  pages: AsyncIterable<readonly Entry[]>,
  wordsOf: (entry: Entry) => VcardWords,
  taken?: Taken,
): AsyncIterable<string> {
  const written = writers[format](wordsOf, taken)
  yield written.head
  let isFirst = true
  for await (const page of pages) {
    const parts = page.map((entry) => written.part(withoutCardOnly(entry)))
    if (parts.length === 0) continue
    yield (isFirst ? '' : written.between) + parts.join(written.between)
    isFirst = false
  }
  yield written.tail
}

/** What a vCard says besides its entry, in the language of whoever takes it. */
export function nameWords(community: Community, locale: Locale): (entry: Entry) => VcardWords {
  return ({ state, kind }) => ({
    stateName: community.stateName(state, locale),
    kindName: community.kindName(kind, locale),
  })
}

interface Written {
  readonly head: string
  readonly part: (shown: Entry) => string
  readonly between: string
  readonly tail: string
}

const writers: Readonly<
  Record<ListFormat, (wordsOf: (entry: Entry) => VcardWords, taken: Taken | undefined) => Written>
> = {
  csv: (_, taken) => ({
    head: csvHead(taken),
    part: (shown) => csvRow(shown, taken),
    between: '',
    tail: '',
  }),
  vcard: (wordsOf, taken) => ({
    head: '',
    part: (shown) => entryToVcard(shown, wordsOf(shown), [], taken),
    between: '',
    tail: '',
  }),
  json: (_, taken) => ({ head: jsonHead(taken), part: jsonObject, between: ',\n', tail: jsonTail }),
}
