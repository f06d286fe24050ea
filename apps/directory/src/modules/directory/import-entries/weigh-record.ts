import { canonical, fold, type StateCode } from '@parley/kernel'
import { type Body, type FieldError, readForm } from '@parley/web'
import { describe, type FieldName, fieldNames } from '../domain/describe.ts'
import type { AddressContent, Entry, EntryContent } from '../domain/entry.ts'
import { bodyOfEntry, contentOf, entryFields } from '../entry-fields.ts'

/** The fields of one proposed entry, and the live one that they are about. */
export interface Weighed {
  readonly live: Entry | undefined
  readonly content: EntryContent
  /** Where it differs from the live entry; all that it says where there is none. */
  readonly differences: readonly FieldName[]
}

/**
 * Holds fields that were read against the live entry. What they do not say stays as it is, and so does what the State
 * marked "card only": no file carries that, and an import takes nothing away.
 */
export function weigh(
  fields: Body,
  state: StateCode,
  live: Entry | undefined,
):
  | { readonly ok: true; readonly value: Weighed }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const read = readForm(entryFields, { ...(live ? scalarsOf(live) : {}), ...fields })
  if (!read.ok) return read
  const content = contentOf(read.input, state)
  if (!content.ok) {
    const { field = '', code } = content.refusal
    return { ok: false, errors: [{ field, code }] }
  }
  const merged = live ? withAddressesOf(live, content.value) : content.value
  const is = describe(merged)
  const was = live && describe(live)
  const differences = fieldNames.filter((field) =>
    was ? canonical(was[field]) !== canonical(is[field]) : isSaid(is[field]),
  )
  return { ok: true, value: { live, content: merged, differences } }
}

/** The live entry that a record is about: by its id, else of the same kind with one of its addresses or its name. */
export function findLive(
  entries: readonly Entry[],
  record: { readonly id: string; readonly kind: string; readonly fields: Body },
): Entry | undefined {
  const { id, kind, fields } = record
  const sameId = entries.find((entry) => entry.id === id)
  if (sameId) return sameId
  const candidates = entries.filter((entry) => entry.kind === kind)
  const values = new Set(
    Object.values(fields).flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : [])),
  )
  const name = fold(String(fields['entityName'] ?? ''))
  return (
    candidates.find(({ addresses }) => addresses.some(({ value }) => values.has(value.toLowerCase()))) ??
    candidates.find(({ entityName }) => name !== '' && fold(entityName.original) === name)
  )
}

/** Everything of an entry but its addresses, which are merged one by one. */
function scalarsOf(live: Entry): Body {
  const fields = Object.entries(bodyOfEntry(live)).filter(([name]) => !/^(email|phone)\d|^urgent$/.test(name))
  return Object.fromEntries(fields)
}

function withAddressesOf(live: Entry, content: EntryContent): EntryContent {
  const of = (channel: AddressContent['channel']): readonly AddressContent[] => {
    const before = live.addresses.filter((address) => address.channel === channel)
    const said = content.addresses.filter((address) => address.channel === channel)
    if (said.length === 0) return before
    const known = said.map((address) => {
      const same = before.find(({ value }) => value === address.value)
      const { label = same?.label, extension = same?.extension } = address
      return { ...address, label, extension, cardOnly: same?.cardOnly ?? false }
    })
    // What is for the card only keeps its place: the order is the State's.
    const rest: AddressContent[] = [...known]
    const inPlace = before.flatMap((address): readonly AddressContent[] => {
      const stays = address.cardOnly && !said.some(({ value }) => value === address.value)
      return stays ? [address] : rest.splice(0, 1)
    })
    return [...inPlace, ...rest]
  }
  const addresses = [...of('email'), ...of('phone')]
  const saidUrgent = content.addresses.find(isUrgent)
  const urgent =
    addresses.find(({ value, channel }) => channel === 'phone' && value === saidUrgent?.value) ??
    addresses.find(isUrgent)
  return {
    ...content,
    cardOnly: live.cardOnly,
    addresses: addresses.map((address) => ({ ...address, urgent: address === urgent })),
  }
}

function isUrgent({ urgent, channel }: AddressContent): boolean {
  return urgent && channel === 'phone'
}

function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isSaid) : value !== null && value !== false && value !== ''
}
