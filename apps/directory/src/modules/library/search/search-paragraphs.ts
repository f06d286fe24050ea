import type { Locale } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { readAsked } from './asked.ts'
import { type Filters, findPassages } from './find-passages.ts'
import { readPassages, type ShownPassage } from './read-passages.ts'

/** Paragraphs of all documents by the words that somebody typed, the most telling first; without words there are none. */
export async function searchParagraphs(
  tx: Tx,
  typed: string,
  locale: Locale,
  { from, most, ...filters }: Filters & { readonly from: number; readonly most: number },
): Promise<readonly ShownPassage[]> {
  const { found } = await findPassages(tx, readAsked(typed, locale).terms, filters, locale)
  const ids = found.map(({ passage }) => passage)
  return readPassages(tx, ids, { from: Math.min(from, ids.length), most })
}
