import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { text } from './locales/index.ts'
import { guidesRoute } from './routes.ts'
import { guidePage, guidesPage } from './show-guide.page.ts'

export const guidesRoom: Room = {
  name: 'guides',
  authority,
  text,
  pages: [guidesPage, guidePage],
  forms: [],
  footer: [{ route: guidesRoute, verb: 'guides.read', label: (locale) => text(locale)('guides.title') }],
}
