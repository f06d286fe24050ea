import { ok, refuse, type Result, type StateCode } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import { type Authorship, decideAuthorship } from './domain/decide.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { refuseFrozen } from './frozen.ts'
import { isDelegate } from './store/delegations.ts'
import { findEntry } from './store/entries.ts'

type Act = 'add' | 'change' | 'withdraw'

/** Who may write an entry, with what the Mission has delegated to the one who asks. */
export async function findAuthorship(
  { tx, actor }: Pick<ActionScope, 'tx' | 'actor'>,
  of: { readonly state: StateCode; readonly kind: string },
  act: Act,
  noteVerbale: string | undefined,
): Promise<Result<Authorship>> {
  return decideAuthorship(actor, of, act, noteVerbale, await isDelegate(tx, actor))
}

/** The live entry that is about to be written, and on whose word; one that is under review stays as it is. */
export async function findToWrite(
  scope: Pick<ActionScope, 'tx' | 'actor'>,
  { entry: id, noteVerbale }: { readonly entry: EntryId; readonly noteVerbale?: string | undefined },
  act: Act,
): Promise<Result<{ readonly entry: Entry; readonly authorship: Authorship }>> {
  const entry = await findEntry(scope.tx, id)
  if (!entry) return refuse({ code: 'directory/entry-absent', kind: 'absent' })
  const authorship = await findAuthorship(scope, entry, act, noteVerbale)
  if (!authorship.ok) return authorship
  const frozen = await refuseFrozen(scope.tx, entry.state)
  return frozen.ok ? ok({ entry, authorship: authorship.value }) : frozen
}
