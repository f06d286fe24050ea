import type { Clock, Languages, Locale, StateCode } from '@parley/kernel'
import type { Asset, Html } from '@parley/web'
import type { Logger } from 'pino'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Limits } from '../../platform/limits.ts'
import type { Retention } from './forget.ts'

/** A kind of POC of the community's profile. */
export interface Kind {
  readonly id: string
}

/** The community, as far as accounts need to know it. */
export interface Members {
  readonly profile: { readonly kinds: readonly Kind[]; readonly languages: Languages }
  readonly organizations: readonly Organization[]
  kindName(kind: string, locale: Locale): string
  stateName(code: StateCode, locale: Locale): string
  findState(code: string): { readonly code: StateCode } | undefined
  readonly states: readonly { readonly names: Readonly<Record<Locale, string>> }[]
}

interface Organization {
  readonly code: string
  readonly names: Readonly<Record<Locale, string>>
}

export interface AccountsNeeds {
  readonly origin: URL
  readonly keys: Keys
  readonly clock: Clock
  readonly members: Members
  readonly database: Database
  readonly log: Logger
  readonly retention: Retention
  /** Says which letter the directory manager enters a new user from. */
  readonly enteredFrom: (locale: Locale) => Html
  /** How a State's Permanent Mission is reached, as its note verbale said. */
  readonly findMission: (
    tx: Tx,
    state: StateCode,
  ) => Promise<
    { readonly email: string; readonly telephone: string | undefined; readonly language: Locale } | undefined
  >
}

/** What the pages of this module stand on. */
export interface House extends AccountsNeeds {
  readonly limits: Limits
  /** Talks to the browser's authenticator. */
  readonly passkeyScript: Asset
}
