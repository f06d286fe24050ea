import { type Locale, ok, parseStateCode, refuse, type StateCode } from '@parley/kernel'
import {
  errorSummary,
  facts,
  href,
  html,
  type Html,
  line,
  linkButton,
  ltr,
  textField,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { defineDualAct } from '../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm } from '../../platform/dual-control/dual-control.ts'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { House } from './house.ts'
import { inviteeAddress, inviteeFields, inviteeLanguage } from './invitee-fields.ts'
import { invite } from './invite-person.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { readmitRoute, usersRoute } from './routes.ts'
import { codeView } from './telephone-code.ts'
import { endHolding, listUsers } from './users.ts'

const verb = 'accounts.readmit'

export function readmitLink(locale: Locale, state: StateCode): Html {
  const t = text(locale)
  return html`<h2>${t('readmit.title')}</h2>
    <p>${t('readmit.what')}</p>
    ${linkButton(href(locale, readmitRoute, { state }), t('readmit.title'))}`
}

/**
 * A Mission that cannot sign in any more: as strong as the first enrolment, by a new note verbale and a code told by
 * telephone. Who acted for the Mission before does so no longer.
 */
export function readmitAct(house: House) {
  return defineDualAct({
    name: 'accounts.mission-readmitted',
    title: ({ locale }) => text(locale)('readmit.title'),
    input: z.object({
      state: z.string(),
      reference: z.string(),
      name: z.string(),
      email: z.string(),
      language: z.enum(house.members.profile.languages),
    }),
    stateOf: ({ state }) => parseStateCode(state),
    describe: async ({ locale }, { state: code, reference, name, email, language }) => {
      const t = text(locale)
      const state = parseStateCode(code)
      return html`<p>${t('readmit.what')}</p>
        ${facts([
          [t('readmit.state'), state && house.members.stateName(state, locale)],
          [t('readmit.reference'), html`<bdi>${reference}</bdi>`],
          [t('field.name'), html`<bdi>${name}</bdi>`],
          [t('field.email'), ltr(email)],
          [t('users.language'), writeLanguage(locale, language)],
        ])}`
    },
    act: async (scope, { state: code, reference, ...person }) => {
      const { tx } = scope
      const state = parseStateCode(code)
      if (!state) return refuse({ code: 'web/not-found', kind: 'absent' })
      const before = (await listUsers(tx, state)).filter(({ holding }) => holding.role === 'mission')
      const ended = []
      for (const user of before) ended.push(await endHolding(scope, user))
      const as = { role: 'mission', state } as const
      const invited = await invite(scope, house.keys, { ...person, as, needsTelephoneCode: true })
      if (!invited.ok) return invited
      const { value, acts, events } = invited.value
      const telephone = (await house.findMission(tx, state))?.telephone
      const act = { verb: 'mission.readmitted', subject: `state:${state}`, state, content: { reference } }
      return done({ telephoneCode: value.telephoneCode, telephone }, [act, ...ended, ...acts], events)
    },
    next: ({ locale }, { state }, told) => codeView(locale, told, href(locale, usersRoute, { state })),
  })
}

export function readmitPage(house: House): DirectoryPage {
  return page({
    route: readmitRoute,
    verb,
    read: async (scope, form) => {
      const { locale, params } = scope
      const state = house.members.findState(params.state)?.code
      if (!state) return refuse({ code: 'web/not-found', kind: 'absent' })
      await recordViewing(scope, { verb: 'users.viewed', subject: `state:${state}`, state })
      const t = text(locale)
      const view = formView(scope, form)
      const body = html`<h1>${t('readmit.title')}</h1>
        <p>${house.members.stateName(state, locale)}</p>
        <p class="lede">${t('readmit.what')}</p>
        ${errorSummary(view)}${proofNotice(scope)}
        <form method="post" action="${href(locale, readmitRoute, { state })}">
          ${textField(view, {
            name: 'reference',
            label: t('readmit.reference'),
            help: t('readmit.help'),
            required: true,
          })}
          ${textField(view, { name: 'name', label: t('field.name'), autocomplete: 'off', required: true })}
          ${inviteeAddress(view, { required: true })} ${inviteeLanguage(house.members, view)}
          <button class="button main">${t('readmit.do')}</button>
        </form>`
      return ok({ title: t('readmit.title'), body, width: 'narrow' })
    },
  })
}

export function readmitForm(
  house: House,
  dual: DualControl,
  act: ReturnType<typeof readmitAct>,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(dual, act, {
    route: readmitRoute,
    verb,
    fields: z.object({ reference: line(120), ...inviteeFields(house.members.profile.languages).shape }),
    on,
    input: async (scope, typed) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { state: code } = z.object({ state: z.string() }).parse(scope.params)
      const state = house.members.findState(code)?.code
      return state ? ok({ state, ...typed }) : refuse({ code: 'web/not-found', kind: 'absent' })
    },
  })
}
