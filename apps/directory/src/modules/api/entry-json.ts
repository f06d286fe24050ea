import type { z } from '@hono/zod-openapi'
import { type Card, changedOn, type Entry, isDisputedOn, withoutCardOnly } from '../directory/index.ts'
import type { card as cardSchema, entry as entrySchema, wording } from './schemas.ts'

// What is undefined here is no property of the answer.

/** An entry as a list may show it, with what is disputed of it. RULE-3: nothing here says when it last answered. */
export function listedJson(entry: Entry, disputed: ReadonlySet<string>): z.input<typeof entrySchema> {
  const listed = withoutCardOnly(entry)
  return {
    ...plainJson(listed),
    addresses: listed.addresses.map((each) => ({ ...addressJson(each), disputed: disputed.has(each.id) })),
  }
}

/** The whole card, with the names of what lists leave out, and what its page warns the reader of. */
export function cardJson(card: Card, now: Date): z.input<typeof cardSchema> {
  const { entry, keys, former, frozenSince } = card
  const { addresses, cardOnly, onBehalfReference } = entry
  const changes = (id: string, changedAt: Date) => ({
    disputed: isDisputedOn(card, id),
    changedOn: dayOf(changedOn(card, { id, changedAt }, now)),
  })
  return {
    ...plainJson(entry),
    addresses: addresses.map((each) => ({ ...addressJson(each), ...changes(each.id, each.changedAt) })),
    keys: keys.map((key) => ({
      scheme: key.scheme,
      fingerprint: key.fingerprint,
      armored: key.armored,
      names: [...key.names],
      issuer: key.issuer,
      expiresAt: key.expiresAt?.toISOString(),
      warnings: [...key.warnings],
      ...changes(key.id, key.addedAt),
    })),
    former: former.map(({ what, value, extension, disputed, until }) => ({
      what,
      value,
      extension,
      disputed,
      until: disputed ? undefined : dayOf(until),
    })),
    underReviewSince: dayOf(frozenSince),
    cardOnly: [
      ...cardOnly,
      ...addresses.filter((each) => each.cardOnly).map(({ value }) => value),
      ...keys.filter((each) => each.cardOnly).map(({ fingerprint }) => fingerprint),
    ],
    onBehalfReference,
  }
}

function plainJson(entry: Entry): Omit<z.input<typeof entrySchema>, 'addresses'> {
  const { id, state, kind, language, holder, workingLanguages, availability } = entry
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
    workingLanguages: [...workingLanguages],
    availability: { timeZone, opens, closes, days: [...days], always },
    certProfile: entry.certProfile,
  }
}

function addressJson({ channel, value, label, extension, urgent }: Entry['addresses'][number]) {
  return { channel, value, urgent, label, extension }
}

function dayOf(at: Date | undefined): string | undefined {
  return at?.toISOString().slice(0, 10)
}

function wordingJson(language: string, words: Entry['description']): z.input<typeof wording> | undefined {
  const { original, english } = words
  if (!original) return undefined
  return { text: original, language, english }
}
