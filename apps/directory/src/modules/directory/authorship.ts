import type { Result, StateCode } from '@parley/kernel'
import type { ActionScope } from '../../platform/action.ts'
import { type Authorship, decideAuthorship } from './domain/decide.ts'
import { isDelegate } from './store/delegations.ts'

/** Who may write an entry, with what the Mission has delegated to the one who asks. */
export async function findAuthorship(
  { tx, actor }: Pick<ActionScope, 'tx' | 'actor'>,
  of: { readonly state: StateCode; readonly kind: string },
  act: 'add' | 'change' | 'withdraw',
  noteVerbale: string | undefined,
): Promise<Result<Authorship>> {
  return decideAuthorship(actor, of, act, noteVerbale, await isDelegate(tx, actor))
}
