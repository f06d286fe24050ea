import type { Entry } from './entry.ts'

/** What a State could still tell, as information (POC-27): nothing of it is asked for. */
export type OpenItem =
  | { readonly what: 'kind'; readonly kind: string }
  | {
      readonly what: 'number' | 'urgent' | 'mailbox' | 'languages' | 'time-zone' | 'english' | 'confirmation'
      readonly entry: Entry
    }

export function listOpenItems(entries: readonly Entry[], kinds: readonly string[]): readonly OpenItem[] {
  const unnamed = kinds.filter((kind) => !entries.some((entry) => entry.kind === kind))
  return [
    ...unnamed.map((kind) => ({ what: 'kind', kind }) as const),
    ...entries.flatMap((entry) => openIn(entry).map((what) => ({ what, entry }))),
  ]
}

function openIn(entry: Entry): readonly Exclude<OpenItem['what'], 'kind'>[] {
  const { addresses, workingLanguages, availability, language } = entry
  const phones = addresses.filter((address) => address.channel === 'phone')
  const english = [entry.entityName, entry.description, entry.personTitle, entry.nationalRole]
  const untranslated = english.some((text) => text.original !== undefined && text.english === undefined)
  return [
    entry.onBehalfReference !== undefined && ('confirmation' as const),
    phones.length === 0 && ('number' as const),
    phones.length > 0 && !phones.some((phone) => phone.urgent) && ('urgent' as const),
    phones.length === addresses.length && ('mailbox' as const),
    workingLanguages.length === 0 && ('languages' as const),
    availability.timeZone === undefined && ('time-zone' as const),
    language !== 'en' && untranslated && ('english' as const),
  ].filter((what) => what !== false)
}
