import { type Locale, ok, refuse, type StateCode } from '@parley/kernel'
import { errorSummary, href, html, type Html, linkButton, nothing } from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import type { House, Members } from './house.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { liftStateRoute, suspendStateRoute } from './routes.ts'
import { findSuspension, liftSuspension, suspend } from './suspend.ts'
import { suspensionFields, suspensionForm, suspensionNotice } from './suspension-fields.ts'
import { listUsers } from './users.ts'

const verb = 'accounts.suspend'
const unknownState = refuse({ code: 'web/not-found', kind: 'absent' })

/** Keeping out everybody who acts for a State, its systems too, for at most 72 hours. Its entries stay as they are. */
export function suspendStatePage({ members }: Pick<House, 'members'>): DirectoryPage {
  return page({
    route: suspendStateRoute,
    verb,
    read: async (scope, form) => {
      const { locale, tx, now, params } = scope
      const state = members.findState(params.state)?.code
      if (!state) return unknownState
      const t = text(locale)
      const view = formView(scope, form)
      const open = await findSuspension(tx, { state }, now)
      const title = t('suspend.state.title', { state: members.stateName(state, locale) })
      const body = html`<h1>${title}</h1>
        ${errorSummary(view)}${proofNotice(scope)}
        ${suspensionForm(view, open, {
          what: t('suspend.state.what'),
          lift: t('suspend.state.lift'),
          suspendAt: href(locale, suspendStateRoute, { state }),
          liftAt: href(locale, liftStateRoute, { state }),
        })}`
      return ok({ title, body, width: 'narrow' })
    },
  })
}

export function suspendStateForms(
  { members }: Pick<House, 'members'>,
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    form({
      route: suspendStateRoute,
      verb,
      fields: suspensionFields,
      on,
      act: async (scope, typed) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const state = members.findState(scope.params.state)?.code
        return state ? suspend(scope, { state }, typed) : unknownState
      },
      next: ({ locale, params }) => href(locale, suspendStateRoute, params),
    }),
    form({
      route: liftStateRoute,
      verb,
      fields: z.object({}),
      on,
      act: async (scope) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const state = members.findState(scope.params.state)?.code
        return state ? liftSuspension(scope, { state }) : unknownState
      },
      next: ({ locale, params }) => href(locale, suspendStateRoute, params),
    }),
  ]
}

/** For the manager's page of a State: whether its access is suspended, and the way to it. */
export function suspensionSection(members: Members) {
  return async (
    { locale, tx, now }: Pick<DirectoryScope, 'locale' | 'tx' | 'now'>,
    state: StateCode,
  ): Promise<Html> => {
    const open = await findSuspension(tx, { state }, now)
    if (!open && (await listUsers(tx, state)).length === 0) return nothing
    const t = text(locale)
    return html`<h2>${t('suspend.state.heading')}</h2>
      ${open ? suspensionNotice(locale, open) : nothing}
      <p>${linkToSuspending(members, locale, state)}</p>`
  }
}

function linkToSuspending(members: Members, locale: Locale, state: StateCode): Html {
  const label = text(locale)('suspend.state.title', { state: members.stateName(state, locale) })
  return linkButton(href(locale, suspendStateRoute, { state }), label)
}
