import type { Room } from '../../room.ts'
import type { CheckpointKey } from '../../platform/history/checkpoint-key.ts'
import type { Community } from '../community/index.ts'
import { authority } from './authority.ts'
import { text } from './locales/index.ts'
import { historyRoute, ourHistoryRoute } from './routes.ts'
import { checkpointPage } from './show-checkpoint.page.ts'
import { historyPage, ourHistoryPage } from './show-history.page.ts'
import { checkpointFilePage } from './take-checkpoint.page.ts'
import { verifyHistoryCommand } from './verify-history.command.ts'

export { checkpointFileRoute, checkpointRoute, historyRoute } from './routes.ts'

export function historyRoom(community: Community, key: CheckpointKey): Room {
  return {
    name: 'history',
    authority,
    text,
    pages: [historyPage(community), ourHistoryPage(community), checkpointPage(key), checkpointFilePage()],
    forms: [],
    commands: [verifyHistoryCommand(key)],
    menu: [
      { route: historyRoute, verb: 'history.read', label: (locale) => text(locale)('menu.history') },
      {
        route: ourHistoryRoute,
        verb: 'history.read-own',
        label: (locale) => text(locale)('menu.our-history'),
      },
    ],
  }
}
