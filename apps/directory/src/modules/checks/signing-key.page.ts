import { type Locale, ok, refuse, groupFingerprint } from '@parley/kernel'
import { href, html, type Html, ltr, nothing } from '@parley/web'
import { maySign, type SigningKey } from '../../platform/mail/signing-key.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { signingKeyRoute } from './routes.ts'

/** The public key that checks are signed with, as a file that programs for mail take in. */
export function signingKeyPage(key: SigningKey | undefined): DirectoryPage {
  return page({
    route: signingKeyRoute,
    verb: 'checks.signing-key.read',
    read: async () => {
      if (!key) return refuse({ code: 'checks/no-signing-key', kind: 'absent' })
      const file = { name: 'checks.asc', type: 'application/pgp-keys', text: `${key.publicKey.trim()}\n` }
      return ok({ file })
    },
  })
}

/** For the page that announces the rounds: a fingerprint in a message alone would prove nothing. */
export function signingKeyNote(locale: Locale, key: SigningKey | undefined, now: Date): Html {
  if (!maySign(key, now)) return nothing
  const t = text(locale)
  return html`<p>
    ${t.html('announced.signed', { fingerprint: ltr(groupFingerprint(key.fingerprint)) })}
    <a href="${href(locale, signingKeyRoute)}">${t('announced.key')}</a>
  </p>`
}
