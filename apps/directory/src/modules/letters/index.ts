import type { Locale } from '@parley/kernel'
import { href, html, type Html, linkButton } from '@parley/web'
import type { Room } from '../../room.ts'
import type { Community, PublicContact } from '../community/index.ts'
import { authority } from './authority.ts'
import type { LetterName } from './letters.ts'
import { lettersPage } from './list-letters.page.ts'
import { text } from './locales/index.ts'
import { letterAddress, lettersRoute } from './routes.ts'
import { letterPage } from './show-letter.page.ts'

export { letterAddress, lettersRoute } from './routes.ts'

export function lettersRoom(community: Community, contact: PublicContact): Room {
  return {
    name: 'letters',
    authority,
    text,
    pages: [lettersPage(community), letterPage(community, contact)],
    forms: [],
  }
}

/** The way to the letters from a Mission's start page. */
export function toLetters(locale: Locale): Html {
  const t = text(locale)
  return html`<h2>${t('letters.title')}</h2>
    <p>${t('letters.lede')}</p>
    ${linkButton(href(locale, lettersRoute), t('letters.all'))}`
}

/** On a form of the directory manager: the letter whose fields stand in the same order. */
export function enteredFrom(locale: Locale, letter: LetterName): Html {
  const t = text(locale)
  const link = html`<a href="${letterAddress(locale, letter)}">${t(`${letter}.title`)}</a>`
  return html`<p class="small">${t.html('letters.entered-from', { letter: link })}</p>`
}
