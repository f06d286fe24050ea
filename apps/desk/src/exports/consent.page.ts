import { day, type Locale, ok, refuse, type Result } from '@parley/kernel'
import {
  choices,
  chip,
  empty,
  errorSummary,
  type FormView,
  href,
  html,
  type Html,
  line,
  linkButton,
  moment,
  nothing,
  optionalLine,
  select,
  several,
  table,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import type { Case } from '../cases/case.ts'
import { consentsTo, type ExchangedLine, isExchanged } from '../cases/consent.ts'
import { lineTitle } from '../cases/line-title.ts'
import { caseLink, counterpart } from '../cases/pages/case-rows.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import type { Side } from '../record/events.ts'
import { consentRoute, handOutRoute, withdrawRoute } from '../routes.ts'
import { sayConsentState } from './consent-state.ts'

const sides = ['ours', 'theirs'] as const

interface Around {
  readonly locale: Locale
  readonly now: Date
}

/** POC-35: whether what was exchanged in a case may go to a third party, item by item, and what is recorded of it. */
export const consentPage = page({
  route: consentRoute,
  read: async (scope, typed) => {
    const { locale, cases, params, now } = scope
    const each = cases.find(params.id)
    if (!each) return caseUnknown
    const t = text(locale)
    const view = formView(scope, typed)
    const items = each.lines.filter(isExchanged)
    const recipients = [...new Set(each.consents.flatMap((consent) => consent.with ?? []))]
    const here = { id: each.id }
    const body = html`<h1>${t('case.consent')}</h1>
      <p class="lede">${caseLink(scope, each)}, ${counterpart(scope, each)}</p>
      ${errorSummary(view)}
      <p>${t('consent.rule')}</p>
      <ul>
        <li>${t('consent.to-anybody')} <strong>${sayConsentState(locale, each, '', now)}</strong></li>
        ${recipients.map((name) => html`<li><bdi>${name}</bdi>: <strong>${sayConsentState(locale, each, name, now)}</strong></li>`)}
      </ul>
      <p>
        ${linkButton(`${href(locale, handOutRoute)}?${new URLSearchParams({ case: each.id })}`, t('hand-out.title'))}
      </p>
      <h2>${t('consent.items')}</h2>
      ${items.length === 0 ? empty(t('consent.no-items')) : itemTable(scope, each, items)}
      <h2>${t('consent.record')}</h2>
      <form method="post" action="${href(locale, consentRoute, here)}">
        ${askConsent(view, items, now)}
        <button class="button main">${t('consent.record.act')}</button>
      </form>
      ${
        each.consents.length === 0
          ? nothing
          : html`<h2>${t('consent.withdraw')}</h2>
              <form method="post" action="${href(locale, withdrawRoute, here)}">
                ${askWithdrawal(view, each, now)}
                <button class="button stop">${t('consent.withdraw.act')}</button>
              </form>`
      }`
    return ok({ title: t('case.consent'), body })
  },
})

function itemTable(scope: Around, each: Case, items: readonly ExchangedLine[]): Html {
  const { locale } = scope
  const t = text(locale)
  return table(
    t('consent.items'),
    [t('consent.item'), t('write.marking'), ...sides.map((side) => t(`consent.of.${side}`))],
    items.map((item) => [
      html`${lineTitle(locale, item)}, ${moment(locale, item.at)}`,
      item.content.tlp === undefined ? '–' : chip(`TLP:${item.content.tlp}`),
      ...sides.map((side) => consentCell(scope, each, item, side)),
    ]),
  )
}

/** Who of a side consented, when, for whom; or that its marking is the sender's consent; or that nothing is there. */
function consentCell({ locale }: Around, each: Case, item: ExchangedLine, side: Side): Html {
  const t = text(locale)
  const { isMarked, recorded } = consentsTo(each, item, side)
  if (!isMarked && recorded.length === 0) return html`${chip(t('consent.missing'), 'warn')}`
  return html`${isMarked ? html`<div>${t('consent.by-marking')}</div>` : nothing}${recorded.map(
    (consent) =>
      html`<div>
        <bdi>${consent.who}</bdi>,
        ${moment(locale, new Date(consent.on), 'date')}${consent.with === undefined ? nothing : html` (<bdi>${consent.with}</bdi>)`}
      </div>`,
  )}`
}

function askConsent(view: FormView, items: readonly ExchangedLine[], now: Date): Html {
  const { locale } = view
  const t = text(locale)
  return html`${choices(view, { name: 'side', label: t('consent.whose'), kind: 'radio', options: sides.map((value) => ({ value, label: t(`side.${value}`) })) })}
  ${textField(view, { name: 'who', label: t('consent.who'), help: t('consent.who.help'), autocomplete: 'off', required: true })}
  ${textField(view, { name: 'on', label: t('consent.on'), type: 'date', value: dateOf(now), required: true, size: 'short' })}
  ${textField(view, { name: 'what', label: t('consent.what'), help: t('consent.what.help'), autocomplete: 'off', required: true })}
  ${textField(view, { name: 'with', label: t('consent.with'), help: t('consent.with.help'), autocomplete: 'off' })}
  ${
    items.length < 2
      ? nothing
      : choices(view, {
          name: 'lines',
          label: t('consent.lines'),
          help: t('consent.lines.help'),
          kind: 'checkbox',
          options: items.map((item) => ({
            value: `${item.n}`,
            label: html`${lineTitle(locale, item)}, ${moment(locale, item.at)}`,
          })),
        })
  }`
}

function askWithdrawal(view: FormView, each: Case, now: Date): Html {
  const t = text(view.locale)
  const options = each.consents.map((consent) => ({
    value: `${consent.n}`,
    label: `${t(`side.${consent.side}`)}: ${[consent.who, consent.what, consent.with ?? ''].filter(Boolean).join(' · ')}`,
  }))
  return html`<p>${t('consent.withdraw.why')}</p>
    ${select(view, { name: 'consent', label: t('consent.withdraw.which'), options })}
    ${textField(view, { name: 'withdrawer', label: t('consent.who'), autocomplete: 'off', required: true })}
    ${textField(view, { name: 'withdrawn', label: t('consent.on'), type: 'date', value: dateOf(now), required: true, size: 'short' })}`
}

const date = z.iso.date({ error: 'field/invalid' })

export const consentForm = form({
  route: consentRoute,
  on: consentPage,
  fields: z.object({
    side: z.enum(sides, { error: 'field/required' }),
    who: line(300),
    on: date,
    what: line(1_000),
    with: optionalLine(300),
    lines: several(z.coerce.number().int(), 500),
  }),
  act: async ({ cases, params, record, now, user }, { on, lines, with: recipient, ...said }) => {
    const each = cases.find(params.id)
    if (!each) return caseUnknown
    const given = instantOf(on, now, 'on')
    if (!given.ok) return given
    const named = each.lines
      .filter(isExchanged)
      .map(({ n }) => n)
      .filter((n) => lines.includes(n))
    const content = {
      ...said,
      on: given.value,
      ...(recipient !== undefined && { with: recipient }),
      ...(lines.length > 0 && { lines: named }),
    }
    return record.append({ at: now, by: user.name, what: 'consent.given', case: each.id, content })
  },
  next: ({ locale, params: { id } }) => href(locale, consentRoute, { id }),
})

/** A consent that is withdrawn holds back what has not gone out yet; what has is not called back by it. */
export const withdrawForm = form({
  route: withdrawRoute,
  on: consentPage,
  fields: z.object({ consent: z.coerce.number().int(), withdrawer: line(300), withdrawn: date }),
  act: async ({ cases, params, record, now, user }, { consent, withdrawer, withdrawn }) => {
    const each = cases.find(params.id)
    const given = each?.consents.find(({ n }) => n === consent)
    if (!each || !given) return caseUnknown
    const on = instantOf(withdrawn, now, 'withdrawn')
    if (!on.ok) return on
    const content = { side: given.side, who: withdrawer, on: on.value, consent }
    return record.append({ at: now, by: user.name, what: 'consent.withdrawn', case: each.id, content })
  },
  next: ({ locale, params: { id } }) => href(locale, consentRoute, { id }),
})

/** A day that somebody named as an instant; where today has begun already in the east, it is now. */
function instantOf(named: string, now: Date, field: string): Result<string> {
  const at = new Date(`${named}T00:00:00Z`)
  if (at.getTime() >= now.getTime() + day) return refuse({ code: 'desk/date-ahead', kind: 'invalid', field })
  return ok(new Date(Math.min(at.getTime(), now.getTime())).toISOString())
}

function dateOf(now: Date): string {
  return now.toISOString().slice(0, 10)
}
