import { ok, refuse } from '@parley/kernel'
import { errorSummary, type FormView, href, html, type Html, tick, tickBox } from '@parley/web'
import { z } from 'zod'
import { endUsersOfState, proofNotice, requireProof } from '../accounts/index.ts'
import { done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Community } from './community.ts'
import { StateLeft } from './events.ts'
import { text } from './locales/index.ts'
import { endParticipation } from './participation.ts'
import { leaveRoute, overviewRoute } from './routes.ts'

/** POC-05: what leaving does, and the box that confirms it. Nobody else is asked. */
export function leavePage(community: Community): DirectoryPage {
  return page({
    route: leaveRoute,
    verb: 'community.leave',
    read: async (scope, state) => {
      const { locale, actor } = scope
      const t = text(locale)
      const code = stateOf(actor)
      const name = code ? community.stateName(code, locale) : ''
      const view = formView(scope, state)
      const body = html`<h1>${t('leave.title')}</h1>
        <p class="lede">${t('leave.lede')}</p>
        ${proofNotice(scope)} ${errorSummary(view)}
        <ul>
          <li>${t('leave.sessions')}</li>
          <li>${t('leave.entries')}</li>
          <li>${t('leave.follow-ups')}</li>
          <li>${t('leave.history')}</li>
        </ul>
        <p>${t('leave.back')}</p>
        <form method="post">
          ${leaveFields(view, name)}
          <button class="button stop">${t('leave.act')}</button>
        </form>`
      return ok({ title: t('leave.title'), body, width: 'narrow' })
    },
  })
}

/** The one box: on the page, and on the letter. */
export function leaveFields(view: FormView, state: string): Html {
  return tickBox(view, { name: 'sure', label: text(view.locale)('leave.sure', { state }) })
}

export function leaveForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: leaveRoute,
    verb: 'community.leave',
    on,
    fields: z.object({ sure: tick.refine((sure) => sure, { error: 'community/leave-not-confirmed' }) }),
    act: async (scope) => {
      const { tx, now, actor } = scope
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const state = stateOf(actor)
      if (!state || !(await endParticipation(tx, state))) {
        return refuse({ code: 'community/not-participating', kind: 'conflict' })
      }
      await endUsersOfState(tx, now, state)
      return done(
        undefined,
        [{ verb: 'state.left', subject: `state:${state}`, state }],
        [StateLeft({ state })],
      )
    },
    next: ({ locale }) => {
      const t = text(locale)
      const body = html`<h1>${t('left.title')}</h1>
        <p class="lede">${t('left.lede')}</p>
        <p><a href="${href(locale, overviewRoute)}">${t('left.overview')}</a></p>`
      return { title: t('left.title'), body, width: 'narrow' }
    },
  })
}
