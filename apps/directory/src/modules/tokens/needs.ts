import type { Locale } from '@parley/kernel'
import type { Html, Route } from '@parley/web'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'

export interface FingerprintOfSnapshots {
  /** In groups; none before the first snapshot. */
  find(tx: Tx): Promise<string | undefined>
  section(locale: Locale, tx: Tx): Promise<Html>
}

export interface TokensNeeds {
  readonly keys: Keys
  readonly origin: URL
  readonly database: Database
  readonly community: Community
  /** What an office compares its first snapshot with: another room's. */
  readonly fingerprint: FingerprintOfSnapshots
  /** Where developers read what a token is for: another room's page. */
  readonly apiRoute: Route<'/api'>
}
