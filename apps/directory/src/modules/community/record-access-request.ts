import { type Languages, type Locale, ok, refuse } from '@parley/kernel'
import {
  errorSummary,
  type FormView,
  href,
  html,
  type Html,
  line,
  select,
  textField,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { insertRequest } from './access-requests.ts'
import type { Community } from './community.ts'
import { dayField, emailField, languageField, telephoneField } from './contact-fields.ts'
import { text } from './locales/index.ts'
import { accessDecisionRoute, accessRequestRoute, stateRoute } from './routes.ts'
import { unknownState } from './show-state.page.ts'

/** POC-15: the manager writes down what a note verbale asks for. Nobody can ask in a State's name from a browser. */
export function recordRequestPage(
  community: Community,
  enteredFrom: (locale: Locale) => Html,
): DirectoryPage {
  return page({
    route: accessRequestRoute,
    verb: 'community.request.record',
    read: async (scope, state) => {
      const { locale, params, now } = scope
      const about = community.findState(params.state)
      if (!about) return refuse(unknownState)
      const t = text(locale)
      const view = formView(scope, state)
      const body = html`<p>
          <a href="${href(locale, stateRoute, { state: about.code })}">${about.names[locale]}</a>
        </p>
        <h1>${t('request.record')}</h1>
        <p class="lede">${t('request.lede')}</p>
        ${enteredFrom(locale)}${errorSummary(view)}
        <form method="post">
          ${accessRequestFields(view, community.profile.languages, { receivedOn: now, language: about.missionLanguage })}
          <button class="button main">${t('request.save')}</button>
        </form>`
      return ok({ title: t('request.record'), body, width: 'narrow' })
    },
  })
}

/** What a request for access says: on the page, and on the letter that asks for it. */
export function accessRequestFields(
  view: FormView,
  languages: Languages,
  first: { readonly receivedOn?: Date; readonly language?: Locale } = {},
): Html {
  const { locale } = view
  const t = text(locale)
  return html`${textField(view, {
    name: 'reference',
    label: t('request.reference'),
    help: t('help.no-incident'),
    required: true,
  })}
  ${textField(view, {
    name: 'receivedOn',
    label: t('request.received-on'),
    help: t('request.received-help'),
    type: 'date',
    value: first.receivedOn?.toISOString().slice(0, 10),
    required: true,
    size: 'short',
  })}
  ${textField(view, {
    name: 'email',
    label: t('contact.mission-email'),
    help: t('request.email-help'),
    type: 'email',
    required: true,
  })}
  ${textField(view, {
    name: 'telephone',
    label: t('contact.mission-telephone'),
    help: t('request.telephone-help'),
    type: 'tel',
    required: true,
    size: 'short',
  })}
  ${select(view, {
    name: 'language',
    label: t('contact.language'),
    value: first.language,
    options: languages.map((each) => ({ value: each, label: writeLanguage(locale, each) })),
  })}`
}

export function recordRequestForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: accessRequestRoute,
    verb: 'community.request.record',
    on,
    fields: z.object({
      reference: line(120),
      receivedOn: dayField,
      email: emailField,
      telephone: telephoneField,
      language: languageField(community.profile.languages),
    }),
    act: async ({ tx, now, params }, input) => {
      const about = community.findState(params.state)
      if (!about) return refuse(unknownState)
      const { reference, receivedOn, email, telephone, language } = input
      if (receivedOn > now) {
        return refuse({ code: 'community/received-later', kind: 'invalid', field: 'receivedOn' })
      }
      const state = about.code
      const id = await insertRequest(tx, {
        state,
        reference,
        receivedAt: receivedOn,
        missionEmail: email,
        missionTelephone: telephone,
        language,
      })
      const content = { reference, email, telephone, language }
      return done({ state, id }, [
        { verb: 'access.requested', subject: `access-request:${id}`, state, content },
      ])
    },
    next: ({ locale }, { state, id }) => href(locale, accessDecisionRoute, { state, request: id }),
  })
}
