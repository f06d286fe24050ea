import { ok } from '@parley/kernel'
import {
  choices,
  empty,
  errorSummary,
  type FormState,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  moment,
  nothing,
  notice,
  select,
  sentence,
  textField,
} from '@parley/web'
import type { Case } from '../cases/case.ts'
import type { CaseBook } from '../cases/case-book.ts'
import { decideConsent, isExchanged } from '../cases/consent.ts'
import { lineTitle } from '../cases/line-title.ts'
import { caseLink, counterpart } from '../cases/pages/case-rows.ts'
import { takeOut } from '../cases/take-out.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { type Member, stateName } from '../office/members.ts'
import { consentRoute, handOutRoute } from '../routes.ts'
import { handOutFile } from './hand-out-file.ts'
import { handOutPaper } from './hand-out-paper.ts'
import { handOutForms, readWish, recipients, wishFields } from './read-wish.ts'

/** POC-35: hands out one case or all of them; to a third party only what both sides consented to. */
export const handOutPage = page({
  route: handOutRoute,
  read: async (scope, typed) => {
    const { locale, cases, query, now, desk } = scope
    const t = text(locale)
    const only = cases.find([typed.values['case'] ?? query.get('case') ?? ''].flat()[0] ?? '')
    const all = [...cases.all()]
    const view = formView(scope, typed)
    const body = html`<h1>${t('hand-out.title')}</h1>
      <p class="lede">
        ${only ? html`${caseLink(scope, only)}, ${counterpart(scope, only)}` : t('hand-out.all')}
      </p>
      ${errorSummary(view)} ${heldBack(view, cases, typed, now)}
      <p>${t('hand-out.never')}</p>
      ${
        all.length === 0
          ? empty(t('cases.none'))
          : html`<form method="post" action="${href(locale, handOutRoute)}">
              ${only ? hidden('case', only.id) : askState(view, all, desk.members)}
              ${askRecipient(view, only && stateName(desk.members, only.counterpart.state, locale))}
              ${only ? askLines(view, only) : nothing}
              ${choices(view, { name: 'form', label: t('hand-out.form'), kind: 'radio', chosen: ['page'], options: handOutForms.map((value) => ({ value, label: t(`hand-out.form.${value}`) })) })}
              <p class="small">${t('hand-out.line')}</p>
              <button class="button main">${t('hand-out.act')}</button>
            </form>`
      }`
    return ok({ title: t('hand-out.title'), width: 'narrow', body })
  },
})

function askState(view: FormView, all: readonly Case[], members: readonly Member[]): Html {
  const { locale } = view
  const t = text(locale)
  const states = [...new Set(all.map((each) => each.counterpart.state))]
  return select(view, {
    name: 'state',
    label: t('hand-out.state'),
    options: [
      { value: '', label: t('cases.every') },
      ...states.map((value) => ({ value, label: stateName(members, value, locale) })),
    ],
  })
}

function askRecipient(view: FormView, state: string | undefined): Html {
  const t = text(view.locale)
  const labels = {
    internal: t('hand-out.to.internal'),
    counterpart: state === undefined ? t('hand-out.to.counterpart') : t('hand-out.to.government', { state }),
    'third-party': t('hand-out.to.third-party'),
  }
  const options = recipients.map((value) => ({
    value,
    label: labels[value],
    help: t(`hand-out.help.${value}`),
  }))
  return html`${choices(view, { name: 'to', label: t('hand-out.to'), kind: 'radio', options })}
  ${textField(view, { name: 'name', label: t('hand-out.name'), help: t('hand-out.name.help'), autocomplete: 'off', required: true })}`
}

/** One message alone may go, where that is what was consented to. */
function askLines(view: FormView, { lines }: Case): Html {
  const { locale } = view
  const t = text(locale)
  const items = lines.filter(isExchanged)
  if (items.length < 2) return nothing
  const options = items.map((item) => ({
    value: `${item.n}`,
    label: html`${lineTitle(locale, item)}, ${moment(locale, item.at)}`,
  }))
  return choices(view, {
    name: 'lines',
    label: t('hand-out.lines'),
    help: t('hand-out.lines.help'),
    kind: 'checkbox',
    options,
  })
}

const mostHeldBack = 20

/** RULE-5: which cases are held back, whose consent each of them lacks, and where to record it. */
function heldBack(
  view: FormView,
  cases: Pick<CaseBook, 'find' | 'all'>,
  { values, refusal }: FormState,
  now: Date,
): Html {
  const typed = wishFields.safeParse(values)
  if (!refusal?.code.startsWith('desk/consent-missing') || !typed.success) return nothing
  const wish = readWish(cases, typed.data)
  if (!wish.ok) return nothing
  const { lines, recipient } = wish.value
  const items = wish.value.cases.flatMap((each) => {
    const wanted = each.lines.filter(isExchanged).filter(({ n }) => lines?.includes(n) ?? true)
    const decided = decideConsent(each, wanted, recipient, now)
    return decided.ok ? [] : [{ each, said: sentence(view, decided.refusal.code) }]
  })
  const t = text(view.locale)
  const [only] = items.length === 1 ? items : []
  if (only) return notice(consentLink(view, only.each, t('case.consent')), 'stop')
  const list = items
    .slice(0, mostHeldBack)
    .map(({ each, said }) => html`<li>${consentLink(view, each, each.title)}: ${said}</li>`)
  return notice(
    html`<p>${t('hand-out.held-back', { number: items.length })}</p>
      <ul>
        ${list}
      </ul>`,
    'stop',
  )
}

function consentLink({ locale }: FormView, { id }: Case, label: string): Html {
  return html`<a href="${href(locale, consentRoute, { id })}"><bdi>${label}</bdi></a>`
}

export const handOutForm = form({
  route: handOutRoute,
  on: handOutPage,
  fields: wishFields,
  act: async ({ cases, record, now, user }, typed) => {
    const wish = readWish(cases, typed)
    if (!wish.ok) return wish
    const handOut = await takeOut(record, { ...wish.value, at: now, by: user.name }, typed.form)
    return handOut.ok ? ok({ handOut: handOut.value, form: typed.form }) : handOut
  },
  next: (scope, { handOut, form: wanted }) =>
    wanted === 'page' ? handOutPaper(scope, handOut) : { file: handOutFile(handOut, wanted) },
})
