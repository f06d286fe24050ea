import { after, day, hour, ok, refuse, type Result } from '@parley/kernel'
import { actButton, type FormView, html, type Html, line, moment, notice, textField } from '@parley/web'
import { z } from 'zod'
import { text } from './locales/index.ts'

const longestSuspension = 72
/** A suspension is no way to end somebody's access bit by bit: after one there is a pause. */
const pauseAfter = 7 * day

/** How long one manager alone keeps out a person, a State or a token, and why; those concerned read it. */
export const suspensionFields = z.object({
  reason: line(500),
  hours: z.coerce.number().int().min(1).max(longestSuspension),
})

export type Suspending = z.output<typeof suspensionFields>

/** Until when a suspension lasts that begins now; `endedBefore` says when the one before was over, or will be. */
export function decideSuspension(
  { hours }: Pick<Suspending, 'hours'>,
  endedBefore: Date | undefined,
  now: Date,
): Result<Date> {
  if (endedBefore && after(endedBefore, pauseAfter) > now)
    return refuse({ code: 'accounts/suspended-lately', kind: 'conflict' })
  return ok(after(now, hours * hour))
}

/** What keeps somebody or something out now, and its reason. */
export interface Suspension {
  readonly id: string
  readonly reason: string
  readonly until: Date
}

/** What keeps somebody out and the way to end it, or, where nothing does, the form that begins it. */
export function suspensionForm(
  view: FormView,
  open: Suspension | undefined,
  says: {
    readonly what: string
    readonly lift: string
    readonly suspendAt: string
    readonly liftAt: string
  },
): Html {
  if (open) return html`${suspensionNotice(view.locale, open)} ${actButton(says.liftAt, says.lift, 'main')}`
  return html`<p class="lede">${says.what}</p>
    <form method="post" action="${says.suspendAt}">${suspensionInputs(view)}</form>`
}

export function suspensionInputs(view: FormView): Html {
  const t = text(view.locale)
  return html`${textField(view, {
      name: 'reason',
      label: t('suspend.reason'),
      help: t('suspend.reason.help'),
      rows: 3,
      required: true,
    })}
    ${textField(view, {
      name: 'hours',
      label: t('suspend.hours'),
      help: t('suspend.hours.help'),
      value: String(longestSuspension),
      inputmode: 'numeric',
      size: 'short',
    })} <button class="button stop">${t('suspend.do')}</button>`
}

export function suspensionNotice(
  locale: FormView['locale'],
  { until, reason }: Pick<Suspension, 'until' | 'reason'>,
): Html {
  const t = text(locale)
  return html`${notice(html`${t('suspend.until')} ${moment(locale, until)}`, 'warn')}
    <p>${t('suspend.reason')}: <bdi>${reason}</bdi></p>`
}
