import { directionOf, type Locale, ok, refuse } from '@parley/kernel'
import {
  chip,
  choices,
  errorSummary,
  facts,
  href,
  html,
  type Html,
  ltr,
  moment,
  nothing,
  optionalLine,
  textField,
  written,
} from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { text } from '../locales/index.ts'
import { documentHref, stepRoute, trackerRoute } from '../routes.ts'
import { carriersOf } from './carriers.ts'
import { followStep } from './follow-step.ts'
import { findStep, keyOf, listCarriers, listSteps, readTexts } from './list-steps.ts'
import { stateChips } from './step-table.ts'
import { stepStates } from './tracked-step.ts'
import { actsText, citedStep, dueText } from './words.ts'

/** OEW-16: one step whole, what carries it on, and what became of it. */
export const stepPage: DirectoryPage = page({
  route: stepRoute,
  verb: 'library.read',
  read: async (scope, state) => {
    const { tx, locale, params, now } = scope
    const step = await findStep(tx, locale, params.address)
    if (!step) return refuse({ code: 'library/unknown-step', kind: 'absent' })
    const t = text(locale)
    const texts = await readTexts(tx, [step])
    const whole = `${step.symbol}/${step.address}`
    const others = (await listSteps(tx, locale)).filter(({ symbol }) => symbol === step.symbol)
    const carriers = carriersOf(others, await listCarriers(tx)).get(whole) ?? []
    const cited = citedStep(locale, step)
    const due = dueText(locale, step)
    const { language, evidence, changedAt } = step
    const body = html`<p class="small"><a href="${href(locale, trackerRoute)}">${t('tracker.title')}</a></p>
      <h1>${cited}</h1>
      <div class="source" lang="${language}" dir="${directionOf(language)}">
        <p>${written(texts.get(keyOf(step)) ?? '', language, directionOf(language))}</p>
      </div>
      ${step.isDamaged ? html`<p>${chip(t('library.damaged-short'), 'warn')}</p>` : nothing}
      ${facts([
        [t('tracker.acts'), actsText(locale, step)],
        [t('tracker.due'), due === '' ? undefined : due],
        [t('tracker.state'), stateChips(locale, step, now)],
        [t('tracker.evidence'), evidence === null ? undefined : evidenceLink(evidence)],
        [t('tracker.changed'), changedAt === null ? undefined : moment(locale, changedAt, 'date')],
        [t('tracker.carried-on'), carriers.length === 0 ? undefined : paragraphLinks(locale, carriers)],
        [t('tracker.in-document'), paragraphLinks(locale, [whole])],
      ])}
      ${
        scope.may('library.step.follow')
          ? html`<h2>${t('tracker.follow')}</h2>
              ${errorSummary(formView(scope, state))}
              <form method="post" action="${href(locale, stepRoute, params)}">
                ${choices(formView(scope, state), {
                  name: 'state',
                  label: t('tracker.state'),
                  kind: 'radio',
                  chosen: [step.state],
                  options: stepStates.map((value) => ({ value, label: t(`state.${value}`) })),
                })}
                ${textField(formView(scope, state), {
                  name: 'evidence',
                  label: t('tracker.evidence'),
                  help: t('tracker.evidence-help'),
                  type: 'url',
                  value: evidence ?? '',
                })}
                <button class="button main">${t('tracker.save')}</button>
              </form>`
          : nothing
      }`
    return ok({ title: cited, body, width: 'narrow' })
  },
})

const mostLetters = 500

/** OEW-16: the directory manager says what became of a step. */
export const stepForm: DirectoryForm = form({
  route: stepRoute,
  verb: 'library.step.follow',
  fields: z.object({
    state: z.enum(stepStates),
    evidence: optionalLine(mostLetters).refine((link) => link === undefined || isWebLink(link), {
      error: 'library/evidence-link',
    }),
  }),
  on: stepPage,
  act: (scope, input) => followStep(scope, scope.params.address, input),
  next: ({ locale, params }) => href(locale, stepRoute, params),
})

/** A page of the web, without a password in it and without signs that nobody sees. */
function isWebLink(link: string): boolean {
  const url = /^[^\s\p{Cc}\p{Cf}]+$/u.test(link) ? URL.parse(link) : null
  return (
    url !== null &&
    /^https?:\/\//.test(link) &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password === ''
  )
}

function evidenceLink(link: string): Html {
  return html`<a href="${link}" rel="noreferrer">${ltr(link)}</a>`
}

function paragraphLinks(locale: Locale, addresses: readonly string[]): Html {
  return html`${addresses.map((each) => html`<a href="${documentHref(locale, each)}">${ltr(each)}</a> `)}`
}
