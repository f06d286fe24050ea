import type { Clock, Locale } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Post } from '../../platform/mail/post.ts'
import type { Community } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'

/** What the letters of this module stand on. */
export interface LetterNeeds {
  readonly database: Database
  readonly community: Community
  readonly post: Post
  readonly clock: Clock
  readonly keys: Keys
  readonly origin: URL
}

/** How a letter names an entry: directory, State and kind, and the name that its State gave it. */
export function namesIn(community: Community, entry: Entry, language: Locale) {
  return {
    directory: community.profile.names[language],
    state: community.stateName(entry.state, language),
    kind: community.kindName(entry.kind, language),
    entry: entry.entityName.original,
  }
}
