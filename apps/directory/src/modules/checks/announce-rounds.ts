import type { Locale } from '@parley/kernel'
import { html, type Html, moment, nothing } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'
import { findNextRound } from './plan-date.ts'
import { listRounds } from './store.ts'

/** POC-16: the dates of the rounds, for the public page. Dates only: no result, not even a total. */
export function roundsAnnounced(community: Community) {
  return async ({ locale, tx }: { readonly locale: Locale; readonly tx: Tx }): Promise<Html> => {
    const t = text(locale)
    const [last] = await listRounds(tx)
    const next = await findNextRound(tx, community)
    if (!last && !next) return nothing
    return html`<h2>${t('announced.title')}</h2>
      <p>
        ${last ? t.html('announced.last', { date: moment(locale, last.startedAt, 'date') }) : nothing}
        ${next ? t.html('announced.next', { date: moment(locale, next.dueAt, 'date') }) : nothing}
      </p>`
  }
}

/** The same for whoever is signed in: when the next round is due. */
export function nextRoundNote(community: Community) {
  return async ({ locale, tx }: { readonly locale: Locale; readonly tx: Tx }): Promise<Html> => {
    const next = await findNextRound(tx, community)
    if (!next) return nothing
    return html`<p class="small">
      ${text(locale).html('announced.due', { date: moment(locale, next.dueAt, 'date') })}
    </p>`
  }
}
