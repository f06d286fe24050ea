import type { Locale } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { readAsked, type Term } from './asked.ts'
import { type Filters, findPassages, type Searched } from './find-passages.ts'
import { readPassages, type ShownPassage } from './read-passages.ts'

interface Result extends Searched {
  readonly terms: readonly Term[]
  /** The text as it was read. */
  readonly typed: string
  /** Those of the portion that was asked for. */
  readonly paragraphs: readonly ShownPassage[]
}

/** Paragraphs of all documents by the words of a text, the most telling first; without words there are none. */
export async function searchParagraphs(
  tx: Tx,
  text: string,
  locale: Locale,
  { from, most, ...filters }: Filters & { readonly from: number; readonly most: number },
): Promise<Result> {
  const asked = readAsked(text, locale)
  const searched = await findPassages(tx, asked.terms, filters, locale)
  const ids = searched.found.map(({ passage }) => passage)
  const paragraphs = await readPassages(tx, ids, { from: Math.min(from, ids.length), most })
  return { ...asked, ...searched, paragraphs }
}
