import type { Locale } from '@parley/kernel'
import { href, html, type Html } from '@parley/web'
import type { Case } from '../cases/case.ts'
import { text } from '../locales/index.ts'
import { consentRoute, escalateRoute, handOutRoute, noteRoute } from '../routes.ts'

/** What the own office does with a case beside writing to the other side. */
export function ownActs(locale: Locale, { id }: Pick<Case, 'id'>): Html {
  const t = text(locale)
  const acts = [
    [href(locale, noteRoute, { id }), t('note.title')],
    [href(locale, escalateRoute, { id }), t('escalate.title')],
    [href(locale, consentRoute, { id }), t('case.consent')],
    [`${href(locale, handOutRoute)}?${new URLSearchParams({ case: id })}`, t('hand-out.title')],
  ] as const
  return html`<p class="row">${acts.map(([to, label]) => html`<a href="${to}">${label}</a>`)}</p>`
}
