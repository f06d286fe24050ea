import { type Locale, groupFingerprint } from '@parley/kernel'
import { href, html, type Html, linkButton, ltr } from '@parley/web'
import { fingerprintOf } from '../../platform/config/signing-key.ts'
import type { Tx } from '../../platform/database/database.ts'
import { findPublicKey } from './keys.ts'
import { text } from './locales/index.ts'
import { keyLetterRoute } from './routes.ts'

/** The fingerprint of the key that signs snapshots now, in groups; none before the first snapshot. */
export async function findFingerprint(tx: Tx): Promise<string | undefined> {
  const publicKey = await findPublicKey(tx)
  return publicKey && groupFingerprint(fingerprintOf(Buffer.from(publicKey, 'hex')))
}

/** What a Mission copies into the letter to its office: the office compares the first snapshot with it. */
export async function fingerprintSection(locale: Locale, tx: Tx): Promise<Html> {
  const fingerprint = await findFingerprint(tx)
  if (fingerprint === undefined) return html``
  const t = text(locale)
  return html`<h2>${t('fingerprint.title')}</h2>
    <p>${t('fingerprint.lede')}</p>
    <p>${ltr(fingerprint)}</p>
    <p>${linkButton(href(locale, keyLetterRoute), t('key-letter.print'))}</p>`
}
