import { type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import {
  actButton,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  moment,
  notice,
  table,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import type { Round } from './domain/check.ts'
import { text } from './locales/index.ts'
import { countRound } from './round-figures.ts'
import { roundRoute, stopRoute } from './routes.ts'
import { seenRound, stopRound } from './steer-round.ts'
import { checksTables, findRound } from './store.ts'

/** What becomes of what, in figures, before a round is stopped; only from here it can be. */
export const stopping: {
  readonly pages: readonly DirectoryPage[]
  readonly forms: readonly DirectoryForm[]
} = openStopping()

function openStopping() {
  const stopPage = page({
    route: stopRoute,
    verb: 'checks.rounds.read',
    read: async ({ locale, tx, params, now, texts }, state) => {
      const t = text(locale)
      const found = await findAsked(tx, params.round)
      if (!found.ok) return found
      const round = found.value
      const back = linkButton(href(locale, roundRoute, params), t('stop.not'))
      const title = t('stop.title', { number: round.number })
      const body = html`<h1>${title}</h1>
        ${errorSummary({ locale, texts, form: state })}
        ${
          isOpen(round)
            ? html`<p class="lede">${t('stop.lede')}</p>
                <p>${t.html('round.as-of', { at: moment(locale, now, 'time') })}</p>
                ${await whatBecomes(locale, tx, round)} ${notice(t('stop.for-good'), 'stop')}
                <div class="row">
                  ${actButton(href(locale, stopRoute, params), t('stop.act'), 'stop', hidden('seen', seenRound(round)))}
                  ${back}
                </div>`
            : html`${notice(t('stop.over'))}
                <p>${back}</p>`
        }`
      return ok({ title, body, width: 'narrow' })
    },
  })
  const stopForm = form({
    route: stopRoute,
    verb: 'checks.round.steer',
    fields: z.object({
      /** The round as the page showed it. */
      seen: z.string().max(40).default(''),
    }),
    on: stopPage,
    act: async (scope, { seen }) => {
      const found = await findAsked(scope.tx, scope.params.round)
      if (!found.ok) return found
      const round = found.value
      if (isOpen(round) && seen !== seenRound(round))
        return refuse({ code: 'checks/round-changed', kind: 'conflict' })
      return stopRound(scope, round.id)
    },
    next: ({ locale, params }) => href(locale, roundRoute, params),
  })
  return { pages: [stopPage], forms: [stopForm] }
}

export function isOpen({ status }: Round): boolean {
  return status === 'running' || status === 'paused'
}

export async function findAsked(tx: Tx, id: string): Promise<Result<Round>> {
  const parsed = parseId<'round'>(id)
  const round = parsed && (await findRound(tx, parsed))
  return round ? ok(round) : refuse({ code: 'checks/round-unknown', kind: 'absent' })
}

async function whatBecomes(locale: Locale, tx: Tx, round: Round): Promise<Html> {
  const t = text(locale)
  const counted = await countRound(tx, round)
  const { followUps } = await checksTables(tx)
    .selectFrom('checks.follow_up')
    .select(({ fn }) => fn.countAll<string>().as('followUps'))
    .where('round_id', '=', round.id)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  const rows = [
    ['sent', counted.sent],
    ['to-send', counted.toSend],
    ['answered', counted.answered + counted.late],
    ['waiting', counted.waiting],
    ['follow-ups', Number(followUps)],
  ] as const
  return table(
    t('stop.table'),
    [t('stop.what'), t('stop.count'), t('stop.becomes')],
    rows.map(([what, count]) => [t(`stop.${what}`), writeNumber(locale, count), t(`stop.${what}.becomes`)]),
  )
}
