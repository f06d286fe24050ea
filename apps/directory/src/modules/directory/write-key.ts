import { type Locale, groupFingerprint } from '@parley/kernel'
import { chip, facts, html, type Html, ltr, moment, written } from '@parley/web'
import { expiryOf, type EntryKey, type KeyContent } from './domain/key.ts'
import { text } from './locales/index.ts'

/** Everything that is said of a key, one under the other. */
export function keyFacts(locale: Locale, key: KeyContent, now: Date): Html {
  const t = text(locale)
  return facts([
    [t('key.fingerprint'), fingerprint(key)],
    [t('key.names'), html`${key.names.map((name) => html`<div>${written(name, 'en', 'ltr')}</div>`)}`],
    [t('key.issuer'), key.issuer === undefined ? undefined : written(key.issuer, 'en', 'ltr')],
    [t('key.expires'), expiry(locale, key, now) ?? t('key.never')],
    [t('key.remarks'), remarks(locale, key)],
    [t('field.cardOnly'), key.cardOnly ? t('key.card-only') : undefined],
  ])
}

/** On the contact card: enough to compare over the telephone, and what speaks against using it. */
export function keyOnCard(locale: Locale, key: EntryKey, now: Date, file: string): Html {
  const t = text(locale)
  return html`<div>${fingerprint(key)}</div>
    <div class="small">${key.names.map((name) => html`${written(name, 'en', 'ltr')} `)}</div>
    ${key.issuer === undefined ? '' : html`<div class="small">${t('key.issuer')}: ${written(key.issuer, 'en', 'ltr')}</div>`}${wrapped(expiry(locale, key, now))}${wrapped(remarks(locale, key))}
    <div class="unprinted"><a href="${file}">${t('key.take')}</a></div>`
}

function wrapped(line: Html | undefined): Html | string {
  return line === undefined ? '' : html`<div class="small">${line}</div>`
}

function fingerprint(key: KeyContent): Html {
  return ltr(groupFingerprint(key.fingerprint))
}

function expiry(locale: Locale, key: KeyContent, now: Date): Html | undefined {
  if (key.expiresAt === undefined) return undefined
  const t = text(locale)
  const at = moment(locale, key.expiresAt, 'date')
  if (expiryOf(key, now) === 'past') return html`${chip(t('key.expired'), 'stop')} ${at}`
  return t.html('key.valid-until', { at })
}

function remarks(locale: Locale, { warnings }: KeyContent): Html | undefined {
  if (warnings.length === 0) return undefined
  return html`${warnings.map((warning) => html`<div>${text(locale)(`key.warning.${warning}`)}</div>`)}`
}
