import { type Locale, ok, parseId, refuse, type StateCode } from '@parley/kernel'
import {
  actButton,
  empty,
  errorSummary,
  html,
  type Html,
  href,
  moment,
  nothing,
  table,
  writeDuration,
} from '@parley/web'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  page,
} from '../../platform/pages/scope.ts'
import { type Actor, stateOf } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { type Entry, listEntries } from '../directory/index.ts'
import { acknowledge } from './acknowledge-check.ts'
import { nextRoundNote } from './announce-rounds.ts'
import { callLine } from './call-sheet.page.ts'
import { whatHappened } from './control-room.page.ts'
import { confirmOursForm } from './confirm-ours.ts'
import { denyCall } from './deny-call.ts'
import type { CheckId } from './domain/check.ts'
import { text } from './locales/index.ts'
import { followUpNotice, ownStanding } from './own-standing.ts'
import { type CallMade, listCalls, listOwnChecks, type OwnCheck } from './round-figures.ts'
import { acknowledgeOurRoute, denyCallRoute, ourChecksRoute } from './routes.ts'
import { findCheck } from './store.ts'

/** A State's own checks: what waits for an answer, and what came of the earlier ones (RULE-3: nobody else's). */
export function ownChecks(community: Community): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const ownPage = page({
    route: ourChecksRoute,
    verb: 'checks.own.read',
    read: async ({ locale, tx, actor, now, texts, may }, state) => {
      const t = text(locale)
      const own = stateOf(actor)
      const checks = own ? await listOwnChecks(tx, own) : []
      const entries = own ? await listEntries(tx, { state: own }) : []
      const calls = await listCalls(
        tx,
        checks.map(({ id }) => id),
      )
      const results: Results = { checks, entries, calls, community, now }
      const body = html`<h1>${t('own.title')}</h1>
        <p class="lede">${t('own.lede')}</p>
        ${await nextRoundNote(community)({ locale, tx })} ${errorSummary({ locale, texts, form: state })}
        ${own ? await followUpNotice(locale, tx, own) : nothing}
        ${checks.filter((check) => check.open && mayAnswer(actor, check)).map((check) => waitingCard(locale, check, now))}
        ${checks.length === 0 ? empty(t('own.none')) : resultsTable(locale, t('own.title'), results, (check) => (isOwn(actor, check) ? denyButton(locale, may, check) : nothing))}
        ${own ? await ownStanding({ locale, tx }, community, own) : nothing}`
      return ok({ title: t('own.title'), body })
    },
  })

  const answerForm = form({
    route: acknowledgeOurRoute,
    verb: 'checks.own.answer',
    fields: z.object({}),
    on: ownPage,
    act: async (scope) => {
      const id = parseId<'check'>(scope.params.check)
      const check = id && (await findCheck(scope.tx, id))
      if (!check || !mayAnswer(scope.actor, check))
        return refuse({ code: 'checks/check-unknown', kind: 'absent' })
      return acknowledge(scope, check.id, { by: 'signed-in' })
    },
    next: ({ locale }) => href(locale, ourChecksRoute),
  })

  const denyForm = form({
    route: denyCallRoute,
    verb: 'checks.own.deny',
    fields: z.object({}),
    on: ownPage,
    act: async (scope) => {
      const id = parseId<'check'>(scope.params.check)
      const check = id && (await findCheck(scope.tx, id))
      if (!check || !isOwn(scope.actor, check))
        return refuse({ code: 'checks/check-unknown', kind: 'absent' })
      return denyCall(scope, check.id)
    },
    next: ({ locale }) => href(locale, ourChecksRoute),
  })
  return { pages: [ownPage], forms: [answerForm, denyForm, confirmOursForm(ownPage)] }
}

/** For the manager's page of a State: what came of its checks. */
export function checksSection(community: Community) {
  return async (
    { locale, tx, now }: Pick<DirectoryScope, 'locale' | 'tx' | 'now'>,
    state: StateCode,
  ): Promise<Html> => {
    const t = text(locale)
    const checks = await listOwnChecks(tx, state)
    if (checks.length === 0) return nothing
    const entries = await listEntries(tx, { state })
    const calls = await listCalls(
      tx,
      checks.map(({ id }) => id),
    )
    return html`<h2>${t('checks')}</h2>
      ${resultsTable(locale, t('checks'), { checks, entries, calls, community, now })}`
  }
}

interface Results {
  readonly checks: readonly OwnCheck[]
  readonly entries: readonly Entry[]
  readonly calls: ReadonlyMap<CheckId, readonly CallMade[]>
  readonly community: Community
  readonly now: Date
}

function resultsTable(
  locale: Locale,
  caption: string,
  { checks, entries, calls, community, now }: Results,
  besides: (check: OwnCheck) => Html = () => nothing,
): Html {
  const t = text(locale)
  const names = new Map(entries.map((entry) => [entry.id, entry.entityName.original]))
  const rows = checks.map((check) => [
    t('round.title', { number: check.roundNumber }),
    html`${names.get(check.entry) ?? t('entry.withdrawn')}
      <span class="small">${community.kindName(check.kind, locale)}</span>`,
    html`${whatHappened(locale, check)}
    ${(calls.get(check.id) ?? []).map((call) => html`<div class="small">${callLine(locale, call)}</div>`)}
    ${check.instead ? html`<div class="small">${t.html('instead.which', { entry: html`<bdi>${names.get(check.instead) ?? t('entry.withdrawn')}</bdi>` })}</div>` : nothing}
    ${besides(check)}`,
    check.answeredAt ? moment(locale, check.answeredAt) : closes(locale, check, now),
  ])
  return table(caption, [t('round'), t('entry'), t('what-happened'), t('when')], rows)
}

/** Who acts for the State may say of an answer by telephone that it was not so. */
function denyButton(locale: Locale, may: DirectoryScope['may'], check: OwnCheck): Html {
  if (check.answeredBy !== 'telephone' || !may('checks.own.deny')) return nothing
  return actButton(href(locale, denyCallRoute, { check: check.id }), text(locale)('call.deny'))
}

/** "A check waits for you", for the start page of a POC; nothing when none does. */
export async function waitingChecks({
  locale,
  tx,
  actor,
  now,
}: {
  readonly locale: Locale
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}): Promise<Html> {
  const state = stateOf(actor)
  if (!state) return nothing
  const checks = await listOwnChecks(tx, state)
  return html`${checks.filter((check) => check.open && mayAnswer(actor, check)).map((check) => waitingCard(locale, check, now))}`
}

/** Like answers for like: a diplomatic POC for diplomatic entries, a technical one for technical ones. */
function mayAnswer(actor: Actor, check: { readonly kind: string; readonly status: string }): boolean {
  return actor.role === 'poc' && actor.kind === check.kind && check.status === 'waiting'
}

/** The Mission speaks for every entry, a POC for those of its kind. */
function isOwn(actor: Actor, check: { readonly kind: string; readonly state: StateCode }): boolean {
  if (stateOf(actor) !== check.state) return false
  return actor.role === 'mission' || (actor.role === 'poc' && actor.kind === check.kind)
}

function waitingCard(locale: Locale, check: OwnCheck, now: Date): Html {
  const t = text(locale)
  return html`<div class="card">
    <section class="urgent row">
      <div class="grow">
        <strong>${t('own.waits')}</strong> <span class="small">${closes(locale, check, now)}</span>
      </div>
      ${actButton(href(locale, acknowledgeOurRoute, { check: check.id }), t('own.acknowledge'), 'main')}
    </section>
  </div>`
}

function closes(locale: Locale, check: OwnCheck, now: Date): Html {
  const { deadline } = check
  if (!deadline || !check.open || deadline < now) return nothing
  const left = writeDuration(locale, deadline.getTime() - now.getTime())
  return text(locale).html('closes', { left, at: moment(locale, deadline) })
}
