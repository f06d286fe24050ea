import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { overviewPage } from './show-overview.page.ts'

export { type Community, fold, loadCommunity, openCommunity } from './community.ts'
export type { Profile } from './profile.ts'
export { overviewRoute } from './routes.ts'
export type { Organization, State } from './states.ts'
export { countParticipating, listParticipating, startParticipation } from './participation.ts'

export function communityRoom(community: Community): Room {
  return {
    name: 'community',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [overviewPage(community)],
    forms: [],
  }
}
