import { parseId } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { comingBack } from './domain/decide-change.ts'
import { formerAddresses } from './domain/former-value.ts'
import { noteAnswered } from './note-answered.ts'
import { findChange } from './store/changes.ts'

/** What was known of an address comes back with it. As the worker, which alone writes what is known. */
export async function noteDecided(
  tx: Tx,
  told: { readonly change: string; readonly outcome: string },
): Promise<void> {
  const id = parseId<'change'>(told.change)
  const change = told.outcome === 'restored' && id ? await findChange(tx, id) : undefined
  if (!change) return
  for (const { id: address, known } of formerAddresses(comingBack(change)))
    for (const { rung, at } of known) await noteAnswered(tx, { entry: change.entry, address, rung, at })
}
