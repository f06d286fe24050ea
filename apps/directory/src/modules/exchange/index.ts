import { href, type Html, linkButton, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import type { CardLimit, Entry } from '../directory/index.ts'
import { authority } from './authority.ts'
import { composePage } from './compose.page.ts'
import { text } from './locales/index.ts'
import { composeRoute } from './routes.ts'

export function exchangeRoom(community: Community, limit: CardLimit): Room {
  return {
    name: 'exchange',
    authority,
    text,
    pages: [composePage(community, limit)],
    forms: [],
  }
}

/** POC-36: on the contact card of another State's entry, to whoever may write to it. */
export function startInquiry(
  { locale, actor, may }: Pick<DirectoryScope, 'locale' | 'actor' | 'may'>,
  { id, state }: Pick<Entry, 'id' | 'state'>,
): Html {
  if (!may('exchange.compose') || stateOf(actor) === state) return nothing
  return linkButton(href(locale, composeRoute, { entry: id }), text(locale)('compose.start'), 'main')
}
