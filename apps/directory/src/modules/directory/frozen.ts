import { type Locale, ok, refuse, type Result, type StateCode } from '@parley/kernel'
import { html, type Html, moment, notice } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import { findFrozen } from '../community/index.ts'
import { text } from './locales/index.ts'

/** While two authorities claim one State its entries stay as they are: nobody adds, changes or withdraws one. */
export async function refuseFrozen(tx: Tx, state: StateCode): Promise<Result<undefined>> {
  const since = await findFrozen(tx, state)
  return since === undefined ? ok(undefined) : refuse({ code: 'directory/frozen', kind: 'conflict' })
}

/** What every reader of such a State's entries is told. */
export function underReview(locale: Locale, since: Date | undefined): Html {
  if (since === undefined) return html``
  return notice(text(locale).html('card.under-review', { date: moment(locale, since, 'date') }), 'warn')
}
