import { hour, monthsAfter, ok } from '@parley/kernel'
import {
  actButton,
  chip,
  empty,
  errorSummary,
  hidden,
  href,
  html,
  moment,
  notice,
  nothing,
  table,
  writeDuration,
  writeMonths,
} from '@parley/web'
import { z } from 'zod'
import type { Keys } from '../../platform/config/keys.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Round } from './domain/check.ts'
import { text } from './locales/index.ts'
import { roundRoute, roundsRoute } from './routes.ts'
import { listEntriesToCheck, startRound } from './start-round.ts'
import { listRounds } from './store.ts'

/** All rounds, when the next one is due, and the button that starts it. */
export function rounds(
  keys: Keys,
  community: Community,
): { pages: readonly DirectoryPage[]; forms: readonly DirectoryForm[] } {
  const roundsPage = page({
    route: roundsRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, now, texts } = scope
      const t = text(locale)
      const all = await listRounds(tx)
      const open = all.find(({ status }) => status === 'running' || status === 'paused')
      const last = all[0]
      const entries = await listEntriesToCheck(scope)
      const dueAt = last && monthsAfter(last.startedAt, community.profile.checkEveryMonths)
      const due = dueAt ? t.html('rounds.due', { date: moment(locale, dueAt, 'date') }) : t('rounds.first')
      const states = new Set(entries.map((entry) => entry.state)).size
      const start = html`<p>${t('rounds.who', { entries: entries.length, states })}</p>
        ${dueAt && dueAt > now ? html`<p class="small">${t('rounds.early')}</p>` : nothing}
        ${actButton(href(locale, roundsRoute), t('rounds.start'), 'main', hidden('confirmed', 'yes'))}`
      const body = html`<h1>${t('rounds.title')}</h1>
        <p class="lede">
          ${t('rounds.lede', {
            interval: writeMonths(locale, community.profile.checkEveryMonths),
            window: writeDuration(locale, community.profile.answerWithinHours * hour),
          })}
        </p>
        ${errorSummary({ locale, texts, form: state })}
        ${
          open
            ? notice(
                html`<a href="${href(locale, roundRoute, { round: open.id })}"
                  >${t('rounds.open', { number: open.number })}</a
                >`,
              )
            : html`<h2>${t('rounds.next')}</h2>
                <p>${due}</p>
                ${entries.length > 0 ? start : empty(t('rounds.nobody'))}`
        }
        <h2>${t('rounds.past')}</h2>
        ${
          all.length === 0
            ? empty(t('rounds.none'))
            : table(
                t('rounds.past'),
                [t('round'), t('rounds.started'), t('rounds.status')],
                all.map((round) => [
                  html`<a href="${href(locale, roundRoute, { round: round.id })}"
                    >${t('round.title', { number: round.number })}</a
                  >`,
                  moment(locale, round.startedAt),
                  statusChip(locale, round),
                ]),
              )
        }`
      return ok({ title: t('rounds.title'), body })
    },
  })

  const startForm = form({
    route: roundsRoute,
    verb: 'checks.round.start',
    fields: z.object({ confirmed: z.literal('yes') }),
    on: roundsPage,
    act: (scope) => startRound(scope, { keys, community }),
    next: ({ locale }, round) => href(locale, roundRoute, { round }),
  })
  return { pages: [roundsPage], forms: [startForm] }
}

export function statusChip(locale: Parameters<typeof text>[0], round: Round) {
  const tone = round.status === 'running' ? 'good' : round.status === 'paused' ? 'warn' : undefined
  return chip(text(locale)(`round.${round.status}`), tone)
}
