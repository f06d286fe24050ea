import type { Locale } from '@parley/kernel'
import { href, html, type Html, linkButton, moment } from '@parley/web'
import type { Case } from '../../cases/case.ts'
import { text } from '../../locales/index.ts'
import { handOverRoute } from '../../routes.ts'

export function takenOverFact(_: Locale, { takenOverFrom }: Case): Html | undefined {
  return takenOverFrom && html`<bdi>${takenOverFrom.entity}</bdi>`
}

export function handedOverFact(locale: Locale, { handedOver }: Case): Html | undefined {
  if (handedOver.length === 0) return undefined
  return html`${handedOver.map(({ to, at }) => html`<div><bdi>${to.entity}</bdi>, ${moment(locale, at)}</div>`)}`
}

export function handOverLink(locale: Locale, { id }: Case): Html {
  return html`<p>${linkButton(href(locale, handOverRoute, { id }), text(locale)('within.title'))}</p>`
}
