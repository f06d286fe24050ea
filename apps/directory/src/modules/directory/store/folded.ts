import { fold } from '@parley/kernel'
import { type Entry, withoutCardOnly } from '../domain/entry.ts'
import { languageTokens, tokensOf, tokensOfKind } from '../domain/search-tokens.ts'
import type { EntryRow } from '../tables.ts'

/** Raise it whenever `fold` or the tokens change: what stands in the database is then folded anew. */
export const folding = 2

/** What a search compares. Only what a list may show is found by its words. */
export function foldedColumns(entry: Entry): Pick<EntryRow, 'search' | 'tokens' | 'folding'> {
  const { entityName, description, nationalRole, workingLanguages } = withoutCardOnly(entry)
  const texts = [entityName, description, nationalRole].flatMap(({ original, english }) => [
    original,
    english,
  ])
  const search = fold(texts.filter(Boolean).join('\n'))
  const tokens = [...tokensOf(search), ...workingLanguages.flatMap(languageTokens)]
  return { search, tokens: tokensOfKind(entry.kind, tokens), folding }
}
