import type { Route } from '@parley/web'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'

export interface TokensNeeds {
  readonly keys: Keys
  readonly origin: URL
  readonly database: Database
  readonly community: Community
  /** Where developers read what a token is for: another room's page. */
  readonly apiRoute: Route<'/api'>
}
