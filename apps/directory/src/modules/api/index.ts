import { Hono } from 'hono'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import { places } from './address-book/properties.ts'
import { serveBook } from './address-book/serve-book.ts'
import { authority } from './authority.ts'
import { describeApi } from './describe.ts'
import { text } from './locales/index.ts'
import { openOperations } from './operations.ts'
import { documentOperations } from './read-documents.ts'
import { apiRoute } from './routes.ts'
import { type ApiSite, base, serveOperations } from './serve-operations.ts'
import { snapshotOperations } from './read-snapshot.ts'
import { libraryOperations } from './read-library.ts'
import { apiPage } from './show-api.page.ts'

export { apiRoute } from './routes.ts'

export interface ApiNeeds extends ApiSite {
  readonly community: Community
  readonly keys: Keys
  readonly database: Pick<Database, 'transaction'>
}

export function apiRoom(needs: ApiNeeds): Room {
  const { community, database, keys, origin } = needs
  const operations = [
    ...openOperations(community, keys),
    ...snapshotOperations(origin, database),
    ...libraryOperations(community),
    ...documentOperations(origin, community),
  ]
  const document = describeApi(origin, operations)
  const street = new Hono()
  street.get('/api/openapi.json', (c) => {
    c.header('cache-control', 'public, max-age=300')
    return c.json(document)
  })
  street.route('/', serveOperations(needs, operations))
  street.route('/', serveBook(needs, community))
  return {
    name: 'api',
    authority,
    text,
    pages: [apiPage(origin, document, operations)],
    forms: [],
    operations: [
      ...operations.map(({ path, verb }) => ({ path: base + path, verb })),
      { path: places.root, verb: 'api.address-book' },
    ],
    footer: [{ route: apiRoute, verb: 'api.described', label: (locale) => text(locale)('menu') }],
    machines: street,
  }
}
