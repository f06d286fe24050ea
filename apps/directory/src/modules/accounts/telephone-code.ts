import type { Locale } from '@parley/kernel'
import { facts, html, linkButton, ltr, nothing, type View } from '@parley/web'
import { text } from './locales/index.ts'

interface Told {
  readonly telephoneCode?: string | undefined
  /** The number in the note verbale, as it was recorded. */
  readonly telephone?: string | undefined
}

/** With a telephone code, a page that shows it this once, with the number to call; else back to where one came from. */
export function codeView(locale: Locale, { telephoneCode, telephone }: Told, back: string): View | string {
  if (telephoneCode === undefined) return back
  const t = text(locale)
  const number = telephone === undefined ? nothing : facts([[t('users.code.number'), ltr(telephone)]])
  const body = html`<h1>${t('users.code.title')}</h1>
    <p class="lede">${t('users.code.what')}</p>
    ${number}
    <p class="code">${ltr(telephoneCode.replace(/(.{4})(?=.)/, '$1\u00a0'))}</p>
    <p>${t('users.code.once')}</p>
    ${linkButton(back, t('users.code.told'))}`
  return { title: t('users.code.title'), body, width: 'narrow' }
}
