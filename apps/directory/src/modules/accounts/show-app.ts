import { type FormView, hidden, html, type Html, ltr, textField } from '@parley/web'
import { text } from './locales/index.ts'
import type { House } from './house.ts'
import { seal, unseal } from './sealed.ts'
import { newTotpSecret, showTotpSecret } from './totp.ts'

/** What a form says for setting up an authenticator app, and the field for its first code. */
export async function showApp(
  { keys }: House,
  view: FormView,
  { owner, email }: { readonly owner: string; readonly email: string },
): Promise<Html> {
  const t = text(view.locale)
  // The secret stays the same while the form is shown again, or the app would have to be set up anew.
  const sent = [view.form.values['secret'] ?? ''].flat()[0] ?? ''
  const secret = unseal(keys, owner, sent) ?? newTotpSecret()
  const shown = await showTotpSecret(secret, email)
  return html`<p>${t('enrol.app')}</p>
    <p><a href="${shown.address}">${t('enrol.app.open')}</a></p>
    <div class="qr" role="img" aria-label="${t('enrol.app.picture')}">${shown.picture}</div>
    <p class="code">${ltr(shown.text)}</p>
    ${hidden('secret', seal(keys, owner, secret))}
    ${textField(view, {
      name: 'code',
      label: t('enrol.code'),
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      size: 'short',
    })}`
}
