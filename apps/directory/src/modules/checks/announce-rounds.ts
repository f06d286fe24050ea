import type { Clock, Locale } from '@parley/kernel'
import { html, type Html, moment, nothing } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { SigningKey } from '../../platform/mail/signing-key.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'
import { findNextRound } from './plan-date.ts'
import { signingKeyNote } from './signing-key.page.ts'
import { listRounds } from './store.ts'

interface Announcing {
  readonly community: Community
  readonly signingKey: SigningKey | undefined
  readonly clock: Clock
}

/** POC-16: the dates of the rounds, for the public page. Dates only: no result, not even a total. */
export function roundsAnnounced({ community, signingKey, clock }: Announcing) {
  return async ({ locale, tx }: { readonly locale: Locale; readonly tx: Tx }): Promise<Html> => {
    const t = text(locale)
    const [last] = await listRounds(tx)
    const next = await findNextRound(tx, community)
    const signed = signingKeyNote(locale, signingKey, clock.now())
    if (!last && !next && signed === nothing) return nothing
    return html`<h2>${t('announced.title')}</h2>
      <p>
        ${last ? t.html('announced.last', { date: moment(locale, last.startedAt, 'date') }) : nothing}
        ${next ? t.html('announced.next', { date: moment(locale, next.dueAt, 'date') }) : nothing}
      </p>
      ${signed}`
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
