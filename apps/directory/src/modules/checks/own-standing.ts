import type { Locale, StateCode } from '@parley/kernel'
import { actButton, empty, href, html, type Html, moment, nothing, notice, table } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { listEntries, showLadder } from '../directory/index.ts'
import type { Round } from './domain/check.ts'
import { listOpenFollowUps } from './follow-up.ts'
import { text } from './locales/index.ts'
import { confirmOursRoute, totalsRoute } from './routes.ts'
import { listRounds } from './store.ts'

/** Beside a State's own checks: the rounds past, and what is known of its addresses. */
export async function ownStanding(
  { locale, tx }: { readonly locale: Locale; readonly tx: Tx },
  community: Community,
  state: StateCode,
): Promise<Html> {
  const t = text(locale)
  const rounds = await listRounds(tx)
  const entries = await listEntries(tx, { state })
  const ladders: Html[] = []
  for (const entry of entries) {
    ladders.push(
      html`<h3><bdi>${entry.entityName.original}</bdi> · ${community.kindName(entry.kind, locale)}</h3>
        ${await showLadder(locale, tx, entry)}`,
    )
  }
  return html`<h2>${t('own.rounds')}</h2>
    ${roundsPart(locale, rounds)}
    ${
      ladders.length === 0
        ? nothing
        : html`<h2>${t('own.known')}</h2>
            ${ladders}`
    }`
}

/** POC-18: best efforts, and the State can end it by itself. */
export async function followUpNotice(locale: Locale, tx: Tx, state: StateCode): Promise<Html> {
  const t = text(locale)
  const open = await listOpenFollowUps(tx, state)
  if (open.length === 0) return nothing
  return notice(
    html`<p>${t('own.follow-up')}</p>
      ${actButton(href(locale, confirmOursRoute), t('own.confirm'))}`,
    'warn',
  )
}

function roundsPart(locale: Locale, rounds: readonly Round[]): Html {
  const t = text(locale)
  if (rounds.length === 0) return empty(t('rounds.first'))
  return table(
    t('own.rounds'),
    [t('round'), t('rounds.started'), t('totals.column')],
    rounds.map((round) => [
      t('round.title', { number: round.number }),
      moment(locale, round.startedAt, 'date'),
      round.status === 'closed'
        ? html`<a href="${href(locale, totalsRoute, { round: round.id })}"
            >${t('totals.title', { number: round.number })}</a
          >`
        : t(`round.${round.status}`),
    ]),
  )
}
