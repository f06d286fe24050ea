import { type Locale, ok } from '@parley/kernel'
import { html, type Html, nothing } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type Entry, entryName, listEntries } from '../directory/index.ts'
import { missionOf } from './known.ts'
import { isAboutEntry, type LetterName, letterNames } from './letters.ts'
import { text } from './locales/index.ts'
import { letterAddress, lettersRoute } from './routes.ts'

/** Every letter; to a Mission those about an entry for each of its entries. */
export function lettersPage(community: Community): DirectoryPage {
  return page({
    route: lettersRoute,
    verb: 'letters.read',
    read: async (scope) => {
      const { locale } = scope
      const t = text(locale)
      const entries = await listOwnEntries(scope)
      const body = html`<h1>${t('letters.title')}</h1>
        <p class="lede">${t('letters.lede')}</p>
        <p>${t(missionOf(scope) ? 'letter.how-known' : 'letter.how')}</p>
        <ul>
          ${letterNames.map(
            (letter) =>
              html`<li>
                <a href="${letterAddress(locale, letter)}">${t(`${letter}.title`)}</a>${
                  isAboutEntry(letter) ? ofEntries(community, locale, letter, entries) : nothing
                }
              </li>`,
          )}
        </ul>
        <p class="small">${t('letter.own-words')}</p>`
      return ok({ title: t('letters.title'), body, width: 'narrow' })
    },
  })
}

async function listOwnEntries(scope: Pick<DirectoryScope, 'tx' | 'actor'>): Promise<readonly Entry[]> {
  const state = missionOf(scope)
  return state ? listEntries(scope.tx, { state }) : []
}

function ofEntries(
  community: Community,
  locale: Locale,
  letter: LetterName,
  entries: readonly Entry[],
): Html {
  if (entries.length === 0) return nothing
  return html`<ul>
    ${entries.map(
      (entry) =>
        html`<li>
          <a href="${letterAddress(locale, letter, entry.id)}"
            >${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</a
          >
        </li>`,
    )}
  </ul>`
}
