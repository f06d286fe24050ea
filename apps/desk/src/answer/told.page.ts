import { after, hour, latinDigits, ok, refuse, type Result } from '@parley/kernel'
import { limits, listCodes, markings, type Value } from '@parley/protocol'
import {
  choices,
  errorSummary,
  href,
  html,
  optionalLine,
  optionalParagraphs,
  select,
  textField,
  tick,
  tickBox,
} from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import type { Case } from '../cases/case.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import type { Side } from '../record/events.ts'
import type { Entry } from '../record/open-record.ts'
import { caseRoute, toldRoute } from '../routes.ts'
import { instantOf } from './draft-reply.ts'
import { isChannel, messageLines, type Told } from './message-lines.ts'

const answers = ['immediate', 'looking-into-it', 'decline', 'no-answer'] as const
const steps = ['propose', 'agree', 'decline', 'both'] as const

/** What one side said in a call or a meeting, and what that does in the case; every field may stay empty. */
export const toldPage = page({
  route: toldRoute,
  read: async (scope, typed) => {
    const { locale, cases, params } = scope
    const within = cases.find(params.id)
    if (!within) return caseUnknown
    const t = text(locale)
    const view = formView(scope, typed)
    const none = { value: '', label: '–' }
    const channels = listCodes('channel').map(({ code, label }) => ({ value: code, label: label[locale] }))
    const body = html`<h1>${t('told.title')}</h1>
      <p class="lede"><bdi>${within.title}</bdi></p>
      <p>${t('told.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, toldRoute, { id: within.id })}">
        ${choices(view, { name: 'side', label: t('told.side'), kind: 'radio', chosen: ['theirs'], options: (['theirs', 'ours'] as const).map((value) => ({ value, label: t(`side.${value}`) })) })}
        ${select(view, { name: 'by', label: t('told.by'), value: 'telephone', options: channels })}
        ${textField(view, { name: 'text', label: t('incoming.text'), rows: 6, autocomplete: 'off' })}
        ${select(view, { name: 'tlp', label: t('write.marking'), options: [none, ...markings.map((value) => ({ value, label: `TLP:${value}` }))] })}
        <h2>${t('answer.title')}</h2>
        ${tickBox(view, { name: 'acknowledged', label: t('told.acknowledged') })}
        ${select(view, { name: 'answer', label: t('told.answer'), options: [none, ...answers.map((value) => ({ value, label: t(`answer.${value}`) }))] })}
        ${textField(view, { name: 'estimate', label: t('told.estimate'), inputmode: 'numeric', size: 'short', autocomplete: 'off' })}
        ${textField(view, { name: 'hours', label: t('told.hours'), inputmode: 'numeric', size: 'short', autocomplete: 'off' })}
        <h2>${t('case.channel')}</h2>
        ${select(view, { name: 'step', label: t('told.step'), options: [none, ...steps.map((value) => ({ value, label: t(`told.step.${value}`) }))] })}
        ${select(view, { name: 'channel', label: t('case.channel'), options: [none, ...channels] })}
        ${textField(view, { name: 'detail', label: t('told.detail'), autocomplete: 'off' })}
        ${textField(view, { name: 'lead', label: t('line.case.led'), autocomplete: 'off' })}
        ${textField(view, { name: 'reference', label: t('told.reference'), autocomplete: 'off' })}
        <button class="button main">${t('incoming.act')}</button>
      </form>`
    return ok({ title: t('told.title'), width: 'narrow', body })
  },
})

const hours = optionalLine(10)
  .transform((typed) => (typed === undefined ? undefined : Number(latinDigits(typed))))
  .refine((typed) => typed === undefined || (Number.isInteger(typed) && typed > 0 && typed <= limits.hours), {
    error: 'field/invalid',
  })

const fields = z.object({
  side: z.enum(['ours', 'theirs']).default('theirs'),
  by: z.string().refine(isChannel, { error: 'field/invalid' }),
  text: optionalParagraphs(20_000),
  tlp: z.enum(['', ...markings]).default(''),
  acknowledged: tick,
  answer: z.enum(['', ...answers]).default(''),
  estimate: hours,
  hours,
  step: z.enum(['', ...steps]).default(''),
  channel: z.string().refine((typed) => typed === '' || isChannel(typed), { error: 'field/invalid' }),
  detail: optionalLine(limits.line),
  lead: optionalLine(limits.line),
  reference: optionalLine(limits.name),
})

type Input = z.output<typeof fields>

export const toldForm = form({
  route: toldRoute,
  on: toldPage,
  fields,
  act: async ({ cases, params, record, now, user }, input) => {
    const within = cases.find(params.id)
    if (!within) return caseUnknown
    const lines = toldLines(input, within, now)
    if (!lines.ok) return lines
    const [first, ...others] = lines.value.map((line): Entry => ({
      ...line,
      at: now,
      by: user.name,
      case: within.id,
    }))
    const written = first ? await record.appendAll([first, ...others]) : ok([])
    return written.ok ? ok(within.id) : written
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

/** The lines that it becomes, or what is missing for them. */
function toldLines(input: Input, within: Case, now: Date): Result<readonly Told[]> {
  const { side, by, text: said, tlp, acknowledged, step, channel, reference } = input
  if ((step === 'propose' || step === 'both') && channel === '')
    return refuse({ code: 'field/required', kind: 'invalid', field: 'channel' })
  const kind = acknowledged ? 'acknowledgement' : 'response'
  const from = reference === undefined ? {} : { ownReference: reference }
  const done = messageLines({ kind, values: valuesOf(input, now), from }, side, within)
  const isDone = done.some(({ what }) => what === 'channel.agreed' || what === 'channel.proposed')
  if (step === 'agree' && !isDone)
    return refuse({ code: 'desk/no-channel-proposed', kind: 'conflict', field: 'step' })
  const noted: readonly Told[] =
    said !== undefined && isChannel(by)
      ? [
          {
            what: 'exchange.noted',
            content: { side, channel: by, text: said, ...(tlp !== '' && { tlp }) },
          },
        ]
      : []
  const other: Side = side === 'ours' ? 'theirs' : 'ours'
  const both: readonly Told[] = step === 'both' ? [{ what: 'channel.agreed', content: { side: other } }] : []
  const lines = [...noted, ...done, ...both]
  return lines.length === 0 ? refuse({ code: 'field/required', kind: 'invalid', field: 'text' }) : ok(lines)
}

/** The same values that a message would have had. */
function valuesOf(
  { answer, estimate, hours: within, step, channel, detail, lead }: Input,
  now: Date,
): Readonly<Record<string, Value>> {
  return {
    ...(answer !== '' && { answer }),
    ...(estimate !== undefined && { estimate: instantOf(after(now, estimate * hour)) }),
    ...(within !== undefined && { 'answer-within': within }),
    ...(step !== '' && { 'channel-step': step === 'both' ? 'propose' : step }),
    ...(channel !== '' && { channel }),
    ...(detail !== undefined && { 'channel-address': detail }),
    ...(lead !== undefined && { 'lead-agency': lead }),
  }
}
