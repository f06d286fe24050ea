import { isContent } from '../../record/events.ts'
import type { Entry } from '../../record/open-record.ts'

type Loose = Omit<Entry, 'what' | 'content'> & { readonly what: string; readonly content: unknown }

/** An entry from what another Desk wrote, which was held against the shapes of lines before. */
export function entryOf(entry: Loose): Entry {
  if (!isEntry(entry)) throw new TypeError(`A line ${entry.what} does not say this`)
  return entry
}

function isEntry(entry: Loose): entry is Entry {
  return isContent(entry.what, entry.content)
}
