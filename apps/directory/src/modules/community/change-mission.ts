import { isLocale, type Locale, ok, parseStateCode, refuse } from '@parley/kernel'
import {
  errorSummary,
  facts,
  type FormView,
  href,
  html,
  type Html,
  line,
  ltr,
  select,
  textField,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { done } from '../../platform/action.ts'
import { defineDualAct, type DualAct } from '../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm } from '../../platform/dual-control/dual-control.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from './community.ts'
import { emailField, languageField, telephoneField } from './contact-fields.ts'
import { insertDecision } from './decisions.ts'
import { DecisionTaken } from './events.ts'
import { text } from './locales/index.ts'
import { findMission, type Mission, saveMission } from './mission.ts'
import { missionRoute, stateRoute } from './routes.ts'
import { unknownState } from './show-state.page.ts'

const inputSchema = z.object({
  state: z.string(),
  reference: z.string(),
  email: z.string(),
  telephone: z.string(),
  language: z.string().refine(isLocale),
})
type Input = z.output<typeof inputSchema>

/** On a note verbale the manager writes another address of a Mission; both the old and the new one are told. */
export function changeMissionAct(community: Community): DualAct<Input> {
  return defineDualAct({
    name: 'community.mission-changed',
    title: ({ locale }) => text(locale)('mission.title'),
    input: inputSchema,
    stateOf: ({ state }) => parseStateCode(state),
    describe: async ({ locale, tx }, input) => {
      const t = text(locale)
      const state = parseStateCode(input.state)
      const before = state && (await findMission(tx, state))
      const language = before && writeLanguage(locale, before.language)
      return facts([
        [t('states.state'), community.findState(input.state)?.names[locale] ?? input.state],
        [t('request.reference'), html`<bdi>${input.reference}</bdi>`],
        [t('contact.mission-email'), fromTo(before?.email, input.email)],
        [t('contact.mission-telephone'), fromTo(before?.telephone, input.telephone)],
        [t('contact.language'), fromTo(language, writeLanguage(locale, input.language))],
      ])
    },
    act: async ({ tx, now }, { state: code, reference, email, telephone, language }) => {
      const state = parseStateCode(code)
      if (!state) return refuse(unknownState)
      const before = await findMission(tx, state)
      await saveMission(tx, state, { email, telephone, language })
      const addresses = [...new Set([...(before ? [before.email] : []), email])]
      const decision = await insertDecision(tx, now, {
        state,
        what: 'mission-changed',
        reason: reference,
        addresses,
      })
      const content = { reference, email, telephone, language }
      return done(
        undefined,
        [{ verb: 'mission.changed', subject: `mission:${state}`, state, content }],
        [DecisionTaken({ decision })],
      )
    },
    next: ({ locale }, { state }) => href(locale, stateRoute, { state }),
  })
}

function fromTo(before: string | undefined, now: string): Html {
  return before === now ? ltr(now) : html`${before === undefined ? '–' : ltr(before)} → ${ltr(now)}`
}

export function changeMissionPage(
  community: Community,
  enteredFrom: (locale: Locale) => Html,
): DirectoryPage {
  return page({
    route: missionRoute,
    verb: 'community.mission.change',
    read: async (scope, state) => {
      const { locale, tx, params } = scope
      const about = community.findState(params.state)
      if (!about) return refuse(unknownState)
      const t = text(locale)
      const view = formView(scope, state)
      const mission = await findMission(tx, about.code)
      const body = html`<p>
          <a href="${href(locale, stateRoute, { state: about.code })}">${about.names[locale]}</a>
        </p>
        <h1>${t('mission.title')}</h1>
        <p class="lede">${t('mission.lede')}</p>
        ${enteredFrom(locale)} ${proofNotice(scope)} ${errorSummary(view)}
        <form method="post">
          ${missionFields(view, community.profile.languages, mission, about.missionLanguage)}
          <button class="button main">${t('mission.save')}</button>
        </form>`
      return ok({ title: t('mission.title'), body, width: 'narrow' })
    },
  })
}

/** How a Mission is reached: on the page, and on the letter that says so. */
export function missionFields(
  view: FormView,
  languages: readonly Locale[],
  mission?: Mission,
  language?: Locale,
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
    name: 'email',
    label: t('contact.mission-email'),
    type: 'email',
    value: mission?.email,
    required: true,
  })}
  ${textField(view, {
    name: 'telephone',
    label: t('contact.mission-telephone'),
    help: t('contact.telephone-help'),
    type: 'tel',
    value: mission?.telephone,
    required: true,
    size: 'short',
  })}
  ${select(view, {
    name: 'language',
    label: t('contact.language'),
    value: mission?.language ?? language,
    options: languages.map((each) => ({
      value: each,
      label: writeLanguage(locale, each),
    })),
  })}`
}

export function changeMissionForm(
  community: Community,
  dual: DualControl,
  act: DualAct<Input>,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(dual, act, {
    route: missionRoute,
    verb: 'community.mission.change',
    on,
    fields: z.object({
      reference: line(120),
      email: emailField,
      telephone: telephoneField,
      language: languageField(community.profile.languages),
    }),
    input: async (scope, typed) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const about = community.findState(z.object({ state: z.string() }).parse(scope.params).state)
      return about ? ok({ state: about.code, ...typed }) : refuse(unknownState)
    },
  })
}
