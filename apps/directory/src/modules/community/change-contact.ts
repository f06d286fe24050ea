import { type Languages, ok, refuse, type Refusal } from '@parley/kernel'
import {
  type Body,
  errorSummary,
  type FormView,
  href,
  html,
  type Html,
  linkButton,
  notice,
  optionalLine,
  select,
  textField,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { proofNotice, requireProof } from '../accounts/index.ts'
import { done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { listRequests } from './access-requests.ts'
import { emailField, languageField, optionalEmailField, optionalTelephoneField } from './contact-fields.ts'
import { listDecisions } from './decisions.ts'
import { text } from './locales/index.ts'
import {
  type CompetentAuthority,
  findCompetentAuthority,
  findMission,
  saveCompetentAuthority,
  saveMission,
} from './mission.ts'
import { competentAuthorityRoute, contactRoute, leaveRoute } from './routes.ts'
import { decisionsTable, requestsTable } from './show-state.page.ts'

const noState: Refusal = { code: 'community/state-unknown', kind: 'absent' }

/** How the Mission is reached, and whom to contact if the State's POCs do not answer (A 8). */
export function contactPage(languages: Languages): DirectoryPage {
  return page({
    route: contactRoute,
    verb: 'community.contact.change',
    read: async (scope, state) => {
      const { locale, tx, actor, query } = scope
      const code = stateOf(actor)
      if (!code) return refuse(noState)
      const t = text(locale)
      const view = formView(scope, state)
      const mission = await findMission(tx, code)
      const authority = await findCompetentAuthority(tx, code)
      const requests = await listRequests(tx, code)
      const decisions = await listDecisions(tx, code)
      const body = html`<h1>${t('contact.title')}</h1>
        <p class="lede">${t('contact.lede')}</p>
        ${proofNotice(scope)} ${errorSummary(view)} ${query.has('saved') ? notice(t('contact.saved')) : ''}
        <form method="post" action="${href(locale, contactRoute)}">
          <h2>${t('state.mission')}</h2>
          ${textField(view, {
            name: 'email',
            label: t('contact.email'),
            help: t('contact.email-help'),
            type: 'email',
            value: mission?.email,
            required: true,
            autocomplete: 'email',
          })}
          ${textField(view, {
            name: 'telephone',
            label: t('contact.telephone-optional'),
            help: t('contact.telephone-help'),
            type: 'tel',
            value: mission?.telephone,
            autocomplete: 'tel',
            size: 'short',
          })}
          ${select(view, {
            name: 'language',
            label: t('contact.language'),
            value: mission?.language ?? locale,
            options: languages.map((each) => ({ value: each, label: writeLanguage(locale, each) })),
          })}
          <button class="button main">${t('contact.save')}</button>
        </form>
        <form method="post" action="${href(locale, competentAuthorityRoute)}">
          <h2>${t('state.authority')}</h2>
          <p>${t('authority.lede')}</p>
          ${authorityFields(view, authority)}
          <button class="button main">${t('authority.save')}</button>
        </form>
        ${
          requests.length > 0
            ? html`<h2>${t('requests.title')}</h2>
                ${requestsTable(locale, requests)}`
            : ''
        }
        ${
          decisions.length > 0
            ? html`<h2>${t('decisions.title')}</h2>
                ${decisionsTable(locale, decisions)}`
            : ''
        }
        <h2>${t('leave.title')}</h2>
        <p>${t('leave.hint')}</p>
        ${linkButton(href(locale, leaveRoute), t('leave.link'))}`
      return ok({ title: t('contact.title'), body, width: 'narrow' })
    },
  })
}

/** Whom to contact if the POCs do not answer: on the page, and on the letter that names it. */
export function authorityFields(view: FormView, authority?: CompetentAuthority): Html {
  const t = text(view.locale)
  return html`${textField(view, {
    name: 'authorityName',
    label: t('authority.name'),
    help: t('help.no-incident'),
    value: authority?.name,
  })}
  ${textField(view, {
    name: 'authorityEmail',
    label: t('authority.email'),
    type: 'email',
    value: authority?.email,
  })}
  ${textField(view, {
    name: 'authorityTelephone',
    label: t('authority.telephone'),
    help: t('contact.telephone-help'),
    type: 'tel',
    value: authority?.telephone,
    size: 'short',
  })}`
}

/** The same as they are typed. */
export function authorityValues({ name, email, telephone }: CompetentAuthority): Body {
  return { authorityName: name, authorityEmail: email ?? '', authorityTelephone: telephone ?? '' }
}

export function contactForm(languages: Languages, on: DirectoryPage): DirectoryForm {
  return form({
    route: contactRoute,
    verb: 'community.contact.change',
    on,
    fields: z.object({
      email: emailField,
      telephone: optionalTelephoneField,
      language: languageField(languages),
    }),
    act: async (scope, { email, telephone, language }) => {
      const { tx, actor } = scope
      const state = stateOf(actor)
      if (!state) return refuse(noState)
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      await saveMission(tx, state, { email, telephone, language })
      const content = { email, telephone: telephone ?? null, language }
      return done(undefined, [{ verb: 'mission.changed', subject: `mission:${state}`, state, content }])
    },
    next: ({ locale }) => `${href(locale, contactRoute)}?saved`,
  })
}

export function competentAuthorityForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: competentAuthorityRoute,
    verb: 'community.contact.change',
    on,
    fields: z.object({
      authorityName: optionalLine(200),
      authorityEmail: optionalEmailField,
      authorityTelephone: optionalTelephoneField,
    }),
    act: async (scope, input) => {
      const { tx, actor } = scope
      const state = stateOf(actor)
      if (!state) return refuse(noState)
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { authorityName: name, authorityEmail: email, authorityTelephone: telephone } = input
      if (name === undefined && (email !== undefined || telephone !== undefined)) {
        return refuse({ code: 'community/authority-unnamed', kind: 'invalid', field: 'authorityName' })
      }
      await saveCompetentAuthority(tx, state, name === undefined ? undefined : { name, email, telephone })
      const content = { name: name ?? null, email: email ?? null, telephone: telephone ?? null }
      const subject = `competent-authority:${state}`
      return done(undefined, [{ verb: 'competent-authority.changed', subject, state, content }])
    },
    next: ({ locale }) => `${href(locale, contactRoute)}?saved`,
  })
}
