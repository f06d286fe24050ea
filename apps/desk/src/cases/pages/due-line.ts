import { html, type Html, moment, writeRelative } from '@parley/web'
import type { Locale } from '@parley/kernel'
import { text } from '../../locales/index.ts'
import type { Due } from '../clocks.ts'

/** What is waited for, from whom, and how long still. A clock reminds; nobody must answer (POC-28). */
export function dueLine(locale: Locale, { what, side, at, isEstimate }: Due, now: Date): Html {
  const t = text(locale)
  const said = isEstimate ? t(`due.estimate.${side}`) : t(`due.${what}.${side}`)
  return html`${said} ${moment(locale, at)}
    <span class="small">(${writeRelative(locale, at.getTime() - now.getTime())})</span>`
}
