import type { Locale } from '@parley/kernel'
import { hidden, html, type Html } from '@parley/web'
import { text } from './locales/index.ts'

/** The button that talks to the authenticator. Without scripts only the note is seen, which says what it needs. */
export function passkeyButton(
  locale: Locale,
  button: { readonly label: string; readonly ask: 'create' | 'get'; readonly options: string },
): Html {
  const t = text(locale)
  return html`<div class="passkey">
    ${hidden('answer', '')}
    <p class="note small">${t('passkey.needs-scripts')}</p>
    <p class="error" role="alert" hidden>${t('passkey.not-done')}</p>
    <button
      type="button"
      class="button main"
      data-passkey="${button.ask}"
      data-options="${button.options}"
      hidden
    >
      ${button.label}
    </button>
  </div>`
}
