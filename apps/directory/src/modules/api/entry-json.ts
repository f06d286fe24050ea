import type { z } from '@hono/zod-openapi'
import { type Entry, withoutCardOnly } from '../directory/index.ts'
import type { card, entry as entrySchema, wording } from './schemas.ts'

// What is undefined here is no property of the answer.

/** An entry as a list may show it. RULE-3: nothing here says when it last answered. */
export function listedJson(entry: Entry): z.input<typeof entrySchema> {
  return plainJson(withoutCardOnly(entry))
}

/** The whole card, with the names of what lists leave out. */
export function cardJson(entry: Entry): z.input<typeof card> {
  const { addresses, cardOnly, onBehalfReference } = entry
  return {
    ...plainJson(entry),
    cardOnly: [...cardOnly, ...addresses.filter((each) => each.cardOnly).map(({ value }) => value)],
    onBehalfReference,
  }
}

function plainJson(entry: Entry): z.input<typeof entrySchema> {
  const { id, state, kind, language, holder, addresses, workingLanguages, availability } = entry
  const { timeZone, opens, closes, days, always } = availability
  const said = (words: Entry['description']) => wordingJson(language, words)
  return {
    id,
    state,
    kind,
    language,
    holder,
    entityName: said(entry.entityName),
    description: said(entry.description),
    personName: entry.personName,
    personTitle: said(entry.personTitle),
    nationalRole: said(entry.nationalRole),
    addresses: addresses.map(({ channel, value, label, extension, urgent }) => ({
      channel,
      value,
      urgent,
      label,
      extension,
    })),
    workingLanguages: [...workingLanguages],
    availability: { timeZone, opens, closes, days: [...days], always },
    certProfile: entry.certProfile,
  }
}

function wordingJson(language: string, words: Entry['description']): z.input<typeof wording> | undefined {
  const { original, english } = words
  if (!original) return undefined
  return { text: original, language, english }
}
