import { ok } from '@parley/kernel'
import { href, type Route } from '@parley/web'
import { page } from '../../platform/pages/scope.ts'
import type { Role } from '../../platform/session/actor.ts'
import type { Room } from '../../room.ts'
import { type Community, overviewRoute } from '../community/index.ts'
import { findRoute, ourStateRoute } from '../directory/index.ts'
import { authority } from './authority.ts'
import { text } from './locales/index.ts'
import { startRoute, todayRoute, welcomeRoute } from './routes.ts'
import { todayPage } from './show-today.page.ts'
import { welcomePage } from './show-welcome.page.ts'

export { startRoute } from './routes.ts'

/** The page where each role's day begins. */
export function homeOf(role: Role): Route {
  switch (role) {
    case 'manager':
      return todayRoute
    case 'mission':
      return ourStateRoute
    case 'poc':
      return findRoute
    case 'stranger':
    case 'system':
    case 'duty':
      return overviewRoute
    default:
      return welcomeRoute
  }
}

export function todayRoom(community: Community): Room {
  const start = page({
    route: startRoute,
    verb: 'today.begin',
    read: async ({ locale, actor }) => ok({ to: href(locale, homeOf(actor.role)) }),
  })
  return {
    name: 'today',
    authority,
    text,
    pages: [start, todayPage(community), welcomePage(community)],
    forms: [],
    menu: [
      { route: todayRoute, verb: 'today.read', label: (locale) => text(locale)('today.title') },
      { route: welcomeRoute, verb: 'today.welcome', label: (locale) => text(locale)('welcome.menu') },
    ],
  }
}
