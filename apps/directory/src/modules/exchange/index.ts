import { href, html, type Html, linkButton, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import type { Card, CardLimit } from '../directory/index.ts'
import { authority } from './authority.ts'
import { composePage, encryptPage } from './compose.page.ts'
import { formScripts } from './form-scripts.ts'
import { text } from './locales/index.ts'
import { messagesPage } from './messages.page.ts'
import { openpgpOf } from './words-for-page.ts'
import { composeRoute, encryptRoute, messagesRoute } from './routes.ts'

export function exchangeRoom(community: Community, limit: CardLimit): Room {
  const scripts = formScripts()
  return {
    name: 'exchange',
    authority,
    text,
    pages: [
      messagesPage(community),
      composePage(community, limit, scripts),
      encryptPage(community, limit, scripts),
    ],
    assets: scripts.assets,
    forms: [],
  }
}

/** POC-36: on the contact card of another State's entry, to whoever may write to it. */
export function startInquiry(
  { locale, actor, may }: Pick<DirectoryScope, 'locale' | 'actor' | 'may'>,
  { entry: { id, state }, keys }: Pick<Card, 'entry' | 'keys'>,
): Html {
  if (!may('exchange.compose') || stateOf(actor) === state) return nothing
  const t = text(locale)
  return html`${linkButton(href(locale, composeRoute, { entry: id }), t('compose.start'), 'main')}
    ${openpgpOf(keys.filter(({ cardOnly }) => !cardOnly)) ? linkButton(href(locale, encryptRoute, { entry: id }), t('encrypted.start')) : nothing}
    <a href="${href(locale, messagesRoute, { entry: id })}">${t('messages.others')}</a>`
}
