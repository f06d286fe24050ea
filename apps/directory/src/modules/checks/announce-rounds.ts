import { type Locale, monthsAfter } from '@parley/kernel'
import { html, type Html, moment, nothing } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'
import { listRounds } from './store.ts'

/** POC-16: the dates of the rounds, for the public page. Dates only: no result, not even a total. */
export function roundsAnnounced({ profile }: Community) {
  return async ({ locale, tx }: { readonly locale: Locale; readonly tx: Tx }): Promise<Html> => {
    const t = text(locale)
    const [last] = await listRounds(tx)
    if (!last) return nothing
    const next = monthsAfter(last.startedAt, profile.checkEveryMonths)
    return html`<h2>${t('announced.title')}</h2>
      <p>
        ${t.html('announced.last', { date: moment(locale, last.startedAt, 'date') })}
        ${t.html('announced.next', { date: moment(locale, next, 'date') })}
      </p>`
  }
}
