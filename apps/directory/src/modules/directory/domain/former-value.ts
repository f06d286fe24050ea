import { type Id, type Json, newId, parseId, groupFingerprint } from '@parley/kernel'
import { z } from 'zod'
import { describeKeys, type KeyContent, readKeyDescriptions } from './key.ts'
import { type Address, type AddressId, type EntryId, type Known, rungs } from './entry.ts'

export type ChangeId = Id<'change'>

export const formerKinds = ['email', 'phone', 'key'] as const

/** A value by which an entry was reached or known until a change; `kept` is what its kind needs to bring it back. */
export interface FormerValue {
  readonly id: string
  readonly what: (typeof formerKinds)[number]
  /** As the card shows it: an address, a number in E.164, a fingerprint. */
  readonly value: string
  readonly extension?: string | undefined
  readonly kept: Json
}

/** What the Mission made of a change: the new stands, or the old is back. */
export const outcomes = ['kept', 'restored'] as const
export type Outcome = (typeof outcomes)[number]

/** A change of contact data as it may be disputed. */
export interface ContactChange {
  readonly id: ChangeId
  readonly entry: EntryId
  /** None any more of a dispute that waited longer than former values are kept. */
  readonly former: readonly FormerValue[]
  readonly successors: readonly string[]
  readonly changedAt: Date
  readonly shownUntil: Date
  readonly disputedAt: Date | undefined
  readonly outcome: Outcome | undefined
  /** The former values, by their ids, that are in wrong hands. */
  readonly compromised: readonly string[]
}

/** Whether somebody says that it is not right and the Mission has not decided yet. */
export function isDisputed({ disputedAt, outcome }: ContactChange): boolean {
  return disputedAt !== undefined && outcome === undefined
}

/** An address as it was: it comes back under its id, with what was known of it. */
export interface FormerAddress extends Address {
  readonly position: number
  readonly known: readonly Known[]
}

export function formerAddress(address: Address, position: number, known: readonly Known[]): FormerValue {
  const { id, channel, value, label, extension, urgent, cardOnly, changedAt } = address
  return {
    id: newId(),
    what: channel,
    value,
    extension,
    kept: {
      id,
      label: label ?? null,
      extension: extension ?? null,
      urgent,
      cardOnly,
      changedAt: changedAt.toISOString(),
      position,
      known: known.map(({ rung, at }) => ({ rung, at: at.toISOString() })),
    },
  }
}

/** A key as it was, public half and all. */
export function formerKey(key: KeyContent): FormerValue {
  const [kept = null] = describeKeys([key])
  return { id: newId(), what: 'key', value: groupFingerprint(key.fingerprint), kept }
}

const absent = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)

const formerSchema = z.array(
  z.object({
    id: z.string(),
    what: z.enum(formerKinds),
    value: z.string(),
    extension: absent,
    kept: z.json(),
  }),
)

/** The former values that were written here; anything else is a fault. */
export function readFormer(json: Json): readonly FormerValue[] {
  return formerSchema.parse(json)
}

const addressId = z.string().transform((text, context): AddressId => {
  const id = parseId<'address'>(text)
  if (id) return id
  context.addIssue('not an id')
  return z.NEVER
})

const instant = z.iso.datetime().transform((at) => new Date(at))

const keptAddress = z.object({
  id: addressId,
  label: absent,
  extension: absent,
  urgent: z.boolean(),
  cardOnly: z.boolean(),
  changedAt: instant,
  position: z.number(),
  known: z.array(z.object({ rung: z.enum(rungs), at: instant })),
})

/** The addresses among former values. */
export function formerAddresses(former: readonly FormerValue[]): readonly FormerAddress[] {
  return former.flatMap(({ what, value, kept }) =>
    what === 'key' ? [] : [{ channel: what, value, ...keptAddress.parse(kept) }],
  )
}

/** The keys among former values. */
export function formerKeys(former: readonly FormerValue[]): readonly KeyContent[] {
  return former.flatMap(({ what, kept }) => (what === 'key' ? readKeyDescriptions({ keys: [kept] }) : []))
}
