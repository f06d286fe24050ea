import { after, day, newId } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import type { DomainEvent } from '../../platform/outbox/event.ts'
import type { Profile } from '../community/index.ts'
import type { Address, Entry, Known } from './domain/entry.ts'
import { type ChangeId, formerAddress, type FormerValue } from './domain/former-value.ts'
import { AddressChanged, ContactReplaced } from './events.ts'
import { hideUsedAgain, insertChange } from './store/changes.ts'
import { noteUnanswered } from './store/unanswered.ts'

export const linkLastsDays = 14
const shownForDays = 7

interface NewValue extends Pick<FormerValue, 'what' | 'value'> {
  /** Of the address or the key. */
  readonly id: string
}

/** What went and what came by one change: of addresses and numbers, or of keys. */
export interface Replacement {
  readonly entry: Pick<Entry, 'id' | 'state'>
  readonly gone: readonly FormerValue[]
  readonly came: readonly NewValue[]
}

const stays = (address: Address, others: readonly Address[]) => others.some(({ id }) => id === address.id)

/** The addresses and numbers that a change took away or brought. One that kept its value is neither. */
export function replacedAddresses(
  before: Entry,
  entry: Entry,
  known: ReadonlyMap<string, readonly Known[]>,
): Replacement {
  return {
    entry,
    gone: before.addresses.flatMap((address, position) =>
      stays(address, entry.addresses) ? [] : [formerAddress(address, position, known.get(address.id) ?? [])],
    ),
    came: entry.addresses
      .filter((address) => !stays(address, before.addresses))
      .map(({ id: address, channel, value }) => ({ id: address, what: channel, value })),
  }
}

/**
 * Live at once, and the old address is warned: keeps what was there before, marks the new e-mail addresses as not
 * yet answered from, and gives back the events that send the letters.
 */
export async function noteReplacement(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  profile: Pick<Profile, 'retentionDays'>,
  { entry, gone, came }: Replacement,
): Promise<readonly DomainEvent[]> {
  const { id, state } = entry
  const mailboxes = came.filter(({ what }) => what === 'email')
  if (came.length > 0)
    await hideUsedAgain(
      tx,
      id,
      came.map(({ value }) => value),
    )
  for (const address of mailboxes) await noteUnanswered(tx, now, entry, address.id)
  const asked = mailboxes.map((address) => AddressChanged({ entry: id, state, address: address.id }))
  if (gone.length === 0) return asked
  const change = newId<'change'>() satisfies ChangeId
  await insertChange(tx, {
    id: change,
    entry: id,
    state,
    former: gone,
    successors: came.map((value) => value.id),
    changedAt: now,
    shownUntil: after(now, shownForDays * day),
    linkEndsAt: after(now, linkLastsDays * day),
    eraseAt: after(now, profile.retentionDays.withdrawnEntry * day),
  })
  return [ContactReplaced({ entry: id, state, change }), ...asked]
}
