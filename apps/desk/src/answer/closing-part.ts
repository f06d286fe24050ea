import {
  actButton,
  type FormState,
  href,
  html,
  type Html,
  linkButton,
  notice,
  nothing,
  textField,
} from '@parley/web'
import type { Case } from '../cases/case.ts'
import { type DeskScope, formView } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { closeRoute, reopenRoute, writeKindRoute } from '../routes.ts'

/** Closing with a message or without one, and opening again: an end is never final. */
export function closingPart(
  scope: Pick<DeskScope, 'locale' | 'texts'>,
  { id, isOpen, theirClosing }: Case,
  form: FormState,
): Html {
  const { locale } = scope
  const t = text(locale)
  if (!isOpen) return actButton(href(locale, reopenRoute, { id }), t('close.reopen'))
  const write = `${href(locale, writeKindRoute, { kind: 'closing' })}?${new URLSearchParams({ case: id })}`
  return html`<h2>${t('close.title')}</h2>
    ${theirClosing ? notice(t('close.theirs')) : nothing}
    <p>${linkButton(write, t('close.message'))}</p>
    <details>
      <summary>${t('close.without')}</summary>
      <form method="post" action="${href(locale, closeRoute, { id })}">
        ${textField(formView(scope, form), { name: 'outcome', label: t('close.outcome'), help: t('close.outcome.help'), rows: 3, autocomplete: 'off' })}
        <button class="button plain">${t('close.act')}</button>
      </form>
    </details>`
}
