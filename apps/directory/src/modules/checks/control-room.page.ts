import { type Locale, ok, parseId, refuse, type Result, second } from '@parley/kernel'
import {
  actButton,
  type Asset,
  chip,
  clientScript,
  errorSummary,
  html,
  type Html,
  href,
  linkButton,
  nothing,
} from '@parley/web'
import { z } from 'zod'
import type { ActionScope, Done } from '../../platform/action.ts'
import type { DirectoryLive } from '../../platform/pages/live.ts'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type Check, opensFollowUp, type Round, type RoundId } from './domain/check.ts'
import { correctionNote } from './correct-round.page.ts'
import { closedBy, type FollowUp } from './follow-up.ts'
import type { KeptFigures } from './kept-figures.ts'
import { text } from './locales/index.ts'
import type { RoundFigures } from './round-figures.ts'
import {
  callSheetRoute,
  correctRoute,
  figuresRoute,
  followUpRoute,
  followUpsRoute,
  pauseRoute,
  reportRoute,
  resumeRoute,
  roundRoute,
  stopRoute,
} from './routes.ts'
import { statusChip } from './rounds.page.ts'
import { inOneSentence, type Look, lookAt, showFigures } from './show-figures.ts'
import { findRound } from './store.ts'
import { pauseRound, resumeRound } from './steer-round.ts'
import { stopping } from './stop-round.page.ts'
import { workList } from './work-list.ts'

/** A round as the manager sees it: the figures, what needs a hand, and the means to hold it. */
export function controlRoom(
  community: Community,
  kept: KeptFigures,
): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
  lives: readonly DirectoryLive[]
  assets: readonly Asset[]
} {
  const script = clientScript(new URL('control-room.client.ts', import.meta.url))
  const roundPage = page({
    route: roundRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, params, now, texts } = scope
      const t = text(locale)
      const id = parseId<'round'>(params.round)
      const round = id && (await findRound(tx, id))
      if (!round) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
      const look = await lookAt(tx, kept, round, now)
      const title = t('round.title', { number: round.number })
      const corrected = await correctionNote(scope, round)
      const body = html`<div class="row">
          <h1>${title} ${statusChip(locale, round)}</h1>
          <span class="grow"></span>
          ${steering(locale, round, look.figures, corrected !== nothing)}
        </div>
        ${errorSummary({ locale, texts, form: state })} ${corrected}
        <div ${isOpen(round) ? html`data-live="${streamOf(locale, round)}"` : nothing}>
          ${showFigures(locale, community, look)}
        </div>
        ${isOpen(round) ? beside(locale, round) : nothing}
        <h2 id="work">${t('round.hand')}</h2>
        ${await workList(scope, round, community, statesOf(look), {
          happened: (check) => whatHappened(locale, check),
          next: (check, followUp) => whatNext(locale, round, check, followUp),
        })}`
      return ok({
        title,
        body,
        ...(round.status === 'running' ? { reloadAfter: 30 } : {}),
        ...(isOpen(round) ? { scripts: [script.path] } : {}),
      })
    },
  })

  const figuresLive: DirectoryLive = {
    route: figuresRoute,
    verb: 'checks.rounds.read',
    read: async ({ locale, tx, params, query, now }) => {
      const id = parseId<'round'>(params['round'] ?? '')
      const round = id && (await findRound(tx, id))
      if (!round) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
      const look = await lookAt(tx, kept, round, now, 4 * second)
      const hasMoved = round.status !== query.get('as')
      const part = html`${hasMoved ? movedOn(locale, round) : nothing}${showFigures(locale, community, look)}`
      const mark = JSON.stringify([round.status, look.figures, look.lastDue])
      return ok({ part, said: inOneSentence(locale, look.figures), mark, isLast: !isOpen(round) })
    },
  }

  const steer = (route: typeof pauseRoute | typeof resumeRoute, act: Steer) =>
    form({
      route,
      verb: 'checks.round.steer',
      fields: z.object({}),
      on: roundPage,
      act: async (scope) => {
        const id = parseId<'round'>(scope.params.round)
        return id ? act(scope, id) : refuse({ code: 'checks/round-unknown', kind: 'absent' })
      },
      next: ({ locale, params }) => href(locale, roundRoute, params),
    })
  return {
    pages: [roundPage, ...stopping.pages],
    lives: [figuresLive],
    assets: [script],
    forms: [steer(pauseRoute, pauseRound), steer(resumeRoute, resumeRound), ...stopping.forms],
  }
}

function statesOf({ figures }: Look): ReadonlySet<string> {
  return new Set(figures.byState.map(({ state }) => state))
}

function isOpen({ status }: Round): boolean {
  return status === 'running' || status === 'paused'
}

/** Where the figures come from; with the status that the page was made for, whose buttons stand on it. */
function streamOf(locale: Locale, round: Round): string {
  return `${href(locale, figuresRoute, { round: round.id })}?as=${round.status}`
}

/** What the script fills and shows. */
function beside(locale: Locale, round: Round): Html {
  return html`<p class="said" role="status" data-said></p>
    <p data-ended hidden>${text(locale)('round.renews-no-more')} ${loadAgain(locale, round)}</p>`
}

/** Somebody held, resumed or ended the round since: other buttons would stand on the page now. */
function movedOn(locale: Locale, round: Round): Html {
  return html`<div class="notice warn">${text(locale)('round.moved-on')} ${loadAgain(locale, round)}</div>`
}

function loadAgain(locale: Locale, round: Round): Html {
  return html`<a href="${href(locale, roundRoute, { round: round.id })}"
    >${text(locale)('round.load-again')}</a
  >`
}

type Steer = (scope: ActionScope, id: RoundId) => Promise<Result<Done<undefined>>>

/** A round is corrected once. */
function steering(locale: Locale, round: Round, counted: RoundFigures, isCorrected: boolean): Html {
  const t = text(locale)
  const params = { round: round.id }
  const calls = linkButton(href(locale, callSheetRoute, params), t('calls.link', { count: counted.toCall }))
  const correct = isCorrected ? nothing : linkButton(href(locale, correctRoute, params), t('correct.link'))
  const stop = html`${correct}${linkButton(href(locale, stopRoute, params), t('round.stop'))}`
  if (round.status === 'running') {
    return html`${calls}${actButton(href(locale, pauseRoute, params), t('round.pause'))}${stop}`
  }
  if (round.status === 'paused') {
    return html`${calls}${actButton(href(locale, resumeRoute, params), t('round.resume'), 'main')}${stop}`
  }
  return round.status === 'closed'
    ? html`${linkButton(href(locale, reportRoute, params), t('report'), 'main')}${linkButton(href(locale, followUpsRoute), t('follow-ups.title'))}`
    : nothing
}

export function whatHappened(locale: Locale, check: Check): Html {
  const t = text(locale)
  const by = check.answeredBy ? t(`by.${check.answeredBy}`) : ''
  const tone = check.status === 'undeliverable' ? 'stop' : check.status === 'answered' ? 'good' : undefined
  return html`${chip(t(`status.${check.status}`), tone)} ${by}
  ${check.relation === 'elsewhere' ? chip(t('relation.elsewhere'), 'warn') : nothing}
  ${check.remark === 'wrong' ? chip(t('remark.wrong'), 'warn') : nothing}
  ${check.instead ? chip(t('instead.named'), 'warn') : nothing}`
}

/** POC-18: a follow-up is named only where there is one, or where one is about to be opened. */
function whatNext(locale: Locale, round: Round, check: Check, followUp: FollowUp | undefined): Html {
  const t = text(locale)
  if (!opensFollowUp(check.status)) return html`${t(`next.${nextStep(round, check)}`)}`
  if (!followUp) return html`${t(`next.${whereNone(round)}`)}`
  if (followUp.closedAt) return html`${t(`follow-up.closed.${closedBy(followUp)}`)}`
  return html`<a href="${href(locale, followUpRoute, { followup: followUp.id })}">${t('next.follow-up')}</a>`
}

/** What is open is looked through every minute; an entry that its State withdrew is not followed up. */
function whereNone(round: Round): 'follow-up' | 'stopped' | 'wait' {
  if (round.status === 'stopped') return 'stopped'
  return isOpen(round) ? 'follow-up' : 'wait'
}

function nextStep(round: Round, check: Check): 'call' | 'mission-told' | 'ours' | 'stopped' | 'wait' {
  if (check.status === 'not-sent') return 'ours'
  if (check.relation === 'elsewhere' || check.remark === 'wrong') return 'mission-told'
  if (check.status !== 'waiting') return 'wait'
  return round.status === 'stopped' ? 'stopped' : check.reachableBy === 'phone' ? 'call' : 'wait'
}
