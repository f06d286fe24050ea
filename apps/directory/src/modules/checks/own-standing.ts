import { monthsAfter, type Locale, type StateCode } from '@parley/kernel'
import { actButton, empty, href, html, type Html, moment, nothing, notice, table } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import { listEntries, showLadder } from '../directory/index.ts'
import type { Round } from './domain/check.ts'
import { listOpenFollowUps } from './follow-up.ts'
import { text } from './locales/index.ts'
import { confirmOursRoute, totalsRoute } from './routes.ts'
import { listRounds } from './store.ts'

/** Beside a State's own checks: a follow-up that waits for it, the rounds past and next, what is known of its addresses. */
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
  return html`${await followUpNotice(locale, tx, state)}
    <h2>${t('own.rounds')}</h2>
    ${roundsPart(locale, community, rounds)}
    ${
      ladders.length === 0
        ? nothing
        : html`<h2>${t('own.known')}</h2>
            ${ladders}`
    }`
}

/** POC-18: best efforts, and the State can end it by itself. */
async function followUpNotice(locale: Locale, tx: Tx, state: StateCode): Promise<Html> {
  const t = text(locale)
  const open = await listOpenFollowUps(tx, state)
  if (open.length === 0) return nothing
  return notice(
    html`<p>${t('own.follow-up')}</p>
      ${actButton(href(locale, confirmOursRoute), t('own.confirm'))}`,
    'warn',
  )
}

function roundsPart(locale: Locale, { profile }: Community, rounds: readonly Round[]): Html {
  const t = text(locale)
  const [last] = rounds
  if (!last) return empty(t('rounds.first'))
  const next = monthsAfter(last.startedAt, profile.checkEveryMonths)
  return html`<p>${t.html('announced.next', { date: moment(locale, next, 'date') })}</p>
    ${table(
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
    )}`
}
