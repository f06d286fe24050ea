import { day } from '@parley/kernel'
import type { Entry } from './entry.ts'
import type { FormerValue } from './former-value.ts'
import type { EntryKey } from './key.ts'

/** A former value as the contact card shows it to everybody who may read the card. */
export interface ShownFormer extends Pick<FormerValue, 'what' | 'extension'> {
  /** None of a disputed change that outlived what it took away. */
  readonly value: string | undefined
  readonly successors: readonly string[]
  readonly until: Date
  readonly disputed: boolean
}

/** All that is told of an entry to everybody who may read it, but for the month of its last answer (RULE-3). */
export interface Card {
  readonly entry: Entry
  /** OpenPGP first. */
  readonly keys: readonly EntryKey[]
  /** Values that stood there until lately, or whose change is disputed. */
  readonly former: readonly ShownFormer[]
  /** The addresses that have not answered since they are new, with the day of the change. */
  readonly unanswered: ReadonlyMap<string, Date>
  /** While two authorities claim the State. */
  readonly frozenSince: Date | undefined
}

/** The contact card as its page shows it, and nothing else does. */
export interface CardOnPage extends Card {
  /** The month (`YYYY-MM`) in which the entry last answered. */
  readonly lastAnswered: string | undefined
}

const newForDays = 30

/** Whether somebody says that the change to this address or key is not right. */
export function isDisputedOn({ former }: Card, id: string): boolean {
  return former.some((value) => value.disputed && value.successors.includes(id))
}

/** Since when an address or a key is new, if it changed lately. */
export function newSince({ entry }: Card, changedAt: Date, now: Date): Date | undefined {
  const isNew = changedAt > entry.createdAt && now.getTime() - changedAt.getTime() < newForDays * day
  return isNew ? changedAt : undefined
}

/** The day of a change that a reader should know of: of late, or until the new address has answered. */
export function changedOn(
  card: Card,
  { id, changedAt }: { readonly id: string; readonly changedAt: Date },
  now: Date,
): Date | undefined {
  return card.unanswered.get(id) ?? newSince(card, changedAt, now)
}
