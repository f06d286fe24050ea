import { hour, ok } from '@parley/kernel'
import {
  chip,
  empty,
  errorSummary,
  href,
  html,
  linkButton,
  moment,
  notice,
  table,
  writeDuration,
  writeMonths,
} from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import { surveyCandidates } from './choose-entries.ts'
import type { Round } from './domain/check.ts'
import { text } from './locales/index.ts'
import { findNextRound } from './plan-date.ts'
import { choiceFields, choiceOf, planning } from './plan-round.page.ts'
import { planRoute, roundRoute, roundsRoute } from './routes.ts'
import { type StartNeeds, startRound } from './start-round.ts'
import { listRounds } from './store.ts'

const nobody = { entries: 0, states: 0 }

/** All rounds, when the next one is due, and the way to prepare it. */
export function rounds(needs: StartNeeds): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const { community } = needs
  const roundsPage = page({
    route: roundsRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, texts } = scope
      const t = text(locale)
      const all = await listRounds(tx)
      const open = all.find(({ status }) => status === 'running' || status === 'paused')
      const next = await findNextRound(tx, community)
      const due = next
        ? t.html('rounds.due', { date: moment(locale, next.dueAt, 'date') })
        : t('rounds.first')
      const { entries, states } = open ? nobody : (await surveyCandidates(scope, community, {}, 0)).counted
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
                <p>${t('rounds.who', { entries, states })}</p>
                ${entries > 0 ? linkButton(href(locale, planRoute), t('rounds.prepare'), 'main') : empty(t('rounds.nobody'))}`
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

  const plan = planning(community)
  const startForm = form({
    route: roundsRoute,
    verb: 'checks.round.start',
    fields: z.object({
      ...choiceFields,
      confirmed: z.literal('yes', { error: 'checks/confirm-start' }),
      /** What the manager saw before pressing the button: nothing else is started. */
      seen: z.string().default(''),
    }),
    on: plan.page,
    act: (scope, sent) => startRound(scope, needs, { ...choiceOf(sent), seen: sent.seen }),
    next: ({ locale }, round) => href(locale, roundRoute, { round }),
  })
  return { pages: [roundsPage, plan.page], forms: [startForm, ...plan.forms] }
}

export function statusChip(locale: Parameters<typeof text>[0], round: Round) {
  const tone = round.status === 'running' ? 'good' : round.status === 'paused' ? 'warn' : undefined
  return chip(text(locale)(`round.${round.status}`), tone)
}
