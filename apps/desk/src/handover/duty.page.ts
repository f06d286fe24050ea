import { after, hour, type Locale, ok } from '@parley/kernel'
import {
  empty,
  errorSummary,
  facts,
  type FormView,
  href,
  html,
  type Html,
  moment,
  notice,
  nothing,
  optionalParagraphs,
  select,
  table,
  textField,
  writeDuration,
} from '@parley/web'
import { z } from 'zod'
import type { Case } from '../cases/case.ts'
import { type Due, type DutyNote, dutyNote } from '../cases/clocks.ts'
import { caseChips, caseLink, caseTable, counterpart } from '../cases/pages/case-rows.ts'
import { dueLine } from '../cases/pages/due-line.ts'
import { channelName } from '../cases/pages/say-line.ts'
import type { Desk } from '../desk.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import type { User } from '../users/users.ts'
import { dutyRoute, startRoute, takeDutyRoute } from '../routes.ts'

const spans = [8, 12, 24, 48] as const
const usualSpan = 12

interface Around {
  readonly locale: Locale
  readonly desk: Desk
  readonly now: Date
}

/** What whoever comes on duty must know, to be read here or printed; handed over by one, confirmed by the next. */
export const dutyPage = page({
  route: dutyRoute,
  read: async (scope, typed) => {
    const { locale, cases, record, now, query, user } = scope
    const t = text(locale)
    const note = dutyNote(cases.all(), record.lines(), now)
    const span = spans.find((each) => `${each}` === query.get('hours')) ?? usualSpan
    const view = formView(scope, { ...typed, values: { hours: `${span}`, ...typed.values } })
    const soon = note.next.filter(({ at }) => at <= after(now, span * hour))
    const body = html`<h1>${t('duty.title')}</h1>
      <p class="printed">${moment(locale, now)}</p>
      ${errorSummary(view)} ${sayDuty(locale, note)} ${handedOver(locale, note)}
      ${dues(scope, t('start.overdue'), note.overdue)}
      <h2>${t('duty.unanswered')}</h2>
      ${note.unanswered.length === 0 ? empty(t('duty.none')) : caseTable(scope, t('duty.unanswered'), note.unanswered)}
      ${dues(scope, t('duty.soon', { time: writeDuration(locale, span * hour) }), soon)}
      ${dues(scope, t('duty.promised'), note.promised)}
      <h2>${t('duty.open')}</h2>
      ${note.open.length === 0 ? empty(t('duty.none')) : openTable(scope, note.open)}
      <div class="unprinted">
        ${askSpan(view)}
        <p class="small">${t('duty.print')}</p>
        ${askHandOver(view)} ${askTake(view, note, user)}
      </div>`
    return ok({ title: t('duty.title'), body })
  },
})

function sayDuty(locale: Locale, { onDuty }: DutyNote): Html {
  const t = text(locale)
  if (!onDuty) return html`<p class="lede">${t('duty.nobody')}</p>`
  return facts([
    [t('duty.on'), html`<bdi>${onDuty.name}</bdi>`],
    [t('duty.since'), moment(locale, onDuty.since)],
    [t('duty.until'), onDuty.until && moment(locale, onDuty.until)],
  ])
}

/** What was left for the next, until somebody confirms it. */
function handedOver(locale: Locale, { handedOver: left }: DutyNote): Html {
  if (!left) return nothing
  const t = text(locale)
  return notice(
    html`<p>${t.html('duty.left', { name: html`<bdi>${left.by}</bdi>`, moment: moment(locale, left.at) })}</p>
      ${left.content.note === undefined ? nothing : html`<p dir="auto">${left.content.note}</p>`}`,
    'warn',
  )
}

function dues(scope: Around, title: string, of: readonly Due[]): Html {
  const { locale, now } = scope
  return html`<h2>${title}</h2>
    ${
      of.length === 0
        ? empty(text(locale)('duty.none'))
        : html`<ul>
            ${of.map((due) => html`<li>${caseLink(scope, due.case)}: ${dueLine(locale, due, now)}</li>`)}
          </ul>`
    }`
}

/** POC-29: by which channel each of them goes on, and who leads on either side. */
function openTable(scope: Around, cases: readonly Case[]): Html {
  const { locale } = scope
  const t = text(locale)
  return table(
    t('duty.open'),
    [t('case.title'), t('case.counterpart'), t('case.channel'), t('line.case.led'), t('case.state')],
    cases.map((each) => [
      caseLink(scope, each),
      counterpart(scope, each),
      channel(locale, each),
      html`<bdi>${[each.leads.ours, each.leads.theirs].filter(Boolean).join(' · ') || '–'}</bdi>`,
      caseChips(scope, each),
    ]),
  )
}

function channel(locale: Locale, { agreedChannel }: Case): Html | string {
  if (!agreedChannel) return text(locale)('duty.no-channel')
  return html`${channelName(locale, agreedChannel.channel)} <bdi>${agreedChannel.detail ?? ''}</bdi>`
}

function askSpan(view: FormView): Html {
  const { locale } = view
  const t = text(locale)
  const options = spans.map((each) => ({ value: `${each}`, label: writeDuration(locale, each * hour) }))
  return html`<form method="get" class="filter" action="${href(locale, dutyRoute)}">
    ${select(view, { name: 'hours', label: t('duty.span'), options })}
    <button class="button plain">${t('cases.show')}</button>
  </form>`
}

function askHandOver(view: FormView): Html {
  const { locale } = view
  const t = text(locale)
  return html`<h2>${t('duty.hand-over')}</h2>
    <form method="post" action="${href(locale, dutyRoute)}">
      ${textField(view, { name: 'note', label: t('duty.note'), help: t('duty.note.help'), rows: 6, autocomplete: 'off' })}
      <button class="button main">${t('duty.hand-over.act')}</button>
    </form>`
}

function askTake(view: FormView, { handedOver: left }: DutyNote, user: User): Html {
  const { locale } = view
  const t = text(locale)
  const options = [
    { value: '', label: '–' },
    ...spans.map((each) => ({ value: `${each}`, label: writeDuration(locale, each * hour) })),
  ]
  const act = left && left.by !== user.name ? t('duty.confirm') : t(left ? 'duty.stay' : 'duty.take.act')
  return html`<h2>${t('duty.take')}</h2>
    <form method="post" action="${href(locale, takeDutyRoute)}">
      ${select(view, { name: 'for', label: t('duty.for'), options })}
      <button class="button main">${act}</button>
    </form>`
}

export const handOverDutyForm = form({
  route: dutyRoute,
  on: dutyPage,
  fields: z.object({ note: optionalParagraphs(20_000) }),
  act: async ({ record, now, user }, { note }) =>
    record.append({
      at: now,
      by: user.name,
      what: 'duty.handed-over',
      content: note === undefined ? {} : { note },
    }),
  next: ({ locale }) => href(locale, dutyRoute),
})

export const takeDutyForm = form({
  route: takeDutyRoute,
  on: dutyPage,
  fields: z.object({ for: z.enum(['', '8', '12', '24', '48']).default('') }),
  act: async ({ record, now, user }, { for: hours }) => {
    const content = hours === '' ? {} : { until: after(now, Number(hours) * hour).toISOString() }
    return record.append({ at: now, by: user.name, what: 'duty.taken', content })
  },
  next: ({ locale }) => href(locale, startRoute),
})
