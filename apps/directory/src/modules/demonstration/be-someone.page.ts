import { hour, type Locale, ok, parseStateCode, refuse } from '@parley/kernel'
import { actButton, errorSummary, hidden, href, html, moment, select, writeDuration } from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import {
  accountsText,
  beginSession,
  findAccountByAddress,
  type Holding,
  holdingNamed,
  keepSession,
  mayBegin,
  nameOfHolding,
  roleName,
} from '../accounts/index.ts'
import { type Community, listParticipating } from '../community/index.ts'
import type { DemonstrationClock } from './demonstration-clock.ts'
import { text } from './locales/index.ts'
import { beSomeoneRoute, clockRoute, sinkRoute } from './routes.ts'
import { holdingsFor, personAddress } from './seed.ts'

export interface Stage {
  readonly origin: URL
  readonly keys: Keys
  readonly clock: DemonstrationClock
  readonly community: Community
  /** Where a signed-in person's day begins. */
  readonly start: (locale: Locale) => string
}

const verb = 'demonstration.take-part'
/** Of so many States one click each is enough to be somebody. */
const shown = 2

/** One click to be each kind of user, and one to let time pass. */
export function beSomeone(stage: Stage): { page: DirectoryPage; forms: readonly DirectoryForm[] } {
  const { community, clock } = stage
  // An hour, a day, and the time to answer.
  const steps = [1, 24, community.profile.answerWithinHours]
  const beSomeonePage = page({
    route: beSomeoneRoute,
    verb,
    read: async (scope, state) => {
      const { locale } = scope
      const t = text(locale)
      const view = formView(scope, state)
      await actAs(scope.tx, { role: 'worker' })
      const taking = [...(await listParticipating(scope.tx)).keys()].sort()
      const action = href(locale, beSomeoneRoute)
      const button = (holding: Holding, label: string) =>
        actButton(
          action,
          label,
          holding.role === 'manager' ? 'main' : 'plain',
          html`${hidden('role', nameOfHolding(holding))}${hidden('state', 'state' in holding ? holding.state : '')}`,
        )
      const some = taking.slice(0, shown).flatMap((code) => {
        const found = community.findState(code)
        return found ? [found] : []
      })
      const roles = [
        { value: 'mission', label: accountsText(locale)('role.mission') },
        ...community.profile.kinds.map(({ id }) => ({ value: id, label: community.kindName(id, locale) })),
      ]
      const options = taking.map((code) => ({ value: code, label: community.stateName(code, locale) }))
      const body = html`<h1>${t('be.title')}</h1>
        <p class="lede">${t('be.lede')}</p>
        ${errorSummary(view)}
        <div class="row">
          ${([{ role: 'manager' }, { role: 'auditor' }] as const).map((each) => button(each, roleName(community, locale, each)))}
        </div>
        ${some.map(
          ({ code, names }) =>
            html`<h2>${names[locale]}</h2>
              <div class="row">
                ${holdingsFor(code, community).map((each) => button(each, roleName(community, locale, each)))}
              </div>`,
        )}
        <h2>${t('be.other')}</h2>
        <form method="post" action="${action}">
          ${select(view, { name: 'state', label: t('be.state'), options })}
          ${select(view, { name: 'role', label: t('be.role'), options: roles })}
          <button class="button">${t('be.go')}</button>
        </form>
        <h2>${t('mail.title')}</h2>
        <p><a href="${href(locale, sinkRoute)}">${t('mail.open')}</a></p>
        <h2>${t('clock.title')}</h2>
        <p>${t.html('clock.now', { now: moment(locale, clock.now()) })} ${t('clock.why')}</p>
        <div class="row">
          ${steps.map((hours) => actButton(href(locale, clockRoute), t('clock.advance', { duration: writeDuration(locale, hours * hour) }), 'plain', hidden('hours', String(hours))))}
        </div>`
      return ok({ title: t('be.title'), body, width: 'narrow' })
    },
  })

  const beForm = form({
    route: beSomeoneRoute,
    verb,
    fields: z.object({ role: z.string().default(''), state: z.string().default('') }),
    on: beSomeonePage,
    act: async ({ tx, now }, { role, state }) => {
      const code = parseStateCode(state)
      const holding: Holding | undefined =
        role === 'manager' || role === 'auditor'
          ? { role }
          : code && holdingNamed(role, code, community.profile.kinds)
      await actAs(tx, { role: 'worker' })
      const person = holding && (await findAccountByAddress(tx, personAddress(holding)))
      if (!holding || !person) return refuse({ code: 'demonstration/nobody', kind: 'absent' })
      const may = await mayBegin(tx, now, person.account, holding)
      if (!may.ok) return may
      const key = await beginSession(tx, stage.keys, now, person, holding)
      return done(key, [{ verb: 'demonstration.was-someone', subject: `account:${person.account}` }])
    },
    next: ({ locale }, key) => ({
      to: stage.start(locale),
      headers: { 'set-cookie': keepSession(stage.origin, key) },
    }),
  })

  const clockForm = form({
    route: clockRoute,
    verb,
    fields: z.object({
      hours: z.coerce
        .number()
        .int()
        .min(1)
        .max(Math.max(...steps)),
    }),
    on: beSomeonePage,
    act: async (_, { hours }) => {
      clock.advance(hours * hour)
      return done(undefined, [{ verb: 'demonstration.time-passed', subject: 'clock' }])
    },
    next: ({ locale }) => href(locale, beSomeoneRoute),
  })
  return { page: beSomeonePage, forms: [beForm, clockForm] }
}
