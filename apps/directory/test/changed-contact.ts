import { after, day, newId } from '@parley/kernel'
import { sql } from 'kysely'
import type { ChangeId } from '../src/modules/directory/domain/former-value.ts'
import type { Entry } from '../src/modules/directory/index.ts'
import { insertChange, showDisputed } from '../src/modules/directory/store/changes.ts'
import { insertKey } from '../src/modules/directory/store/keys.ts'
import type { World } from './world.ts'

/** So long the card shows what stood there before. */
export const shownFor = 7 * day

/** As if the mailboxes of an entry had just replaced another one. */
export async function replaceMailbox(world: World, entry: Entry, former: string): Promise<ChangeId> {
  const [id, now] = [newId<'change'>(), world.clock.now()]
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    insertChange(tx, {
      id,
      entry: entry.id,
      state: entry.state,
      former: [{ id: newId(), what: 'email', value: former, kept: {} }],
      successors: entry.addresses.filter(({ channel }) => channel === 'email').map((address) => address.id),
      changedAt: now,
      shownUntil: after(now, shownFor),
      linkEndsAt: now,
      eraseAt: after(now, 30 * day),
    }),
  )
  return id
}

/** As if somebody had said that the change is not right. */
export async function disputeIt(world: World, change: ChangeId): Promise<void> {
  const now = world.clock.now()
  await world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    await sql`update directory.contact_change set disputed_at = ${now} where id = ${change}`.execute(tx)
    await showDisputed(tx, change)
  })
}

/** Gives an entry a weak key, for the card only unless it is said otherwise. */
export async function giveKey(
  world: World,
  entry: Entry,
  fingerprint: string,
  cardOnly = true,
): Promise<void> {
  const key = { scheme: 'openpgp', armored: 'the public half', names: ['duty@xc.example'] } as const
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    insertKey(tx, world.clock.now(), entry, { ...key, fingerprint, warnings: ['weak'], cardOnly }),
  )
}
