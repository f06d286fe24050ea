import type { Result } from '@parley/kernel'
import type { Html, Route } from '@parley/web'
import type { DirectoryScope } from './scope.ts'

/** A part of a page as it is now. */
export interface LivePart {
  /** As the page itself shows it. */
  readonly part: Html
  /** The same in one sentence, for those who hear it. */
  readonly said: string
  /** Stays the same while there is nothing new to show. */
  readonly mark: string
  /** Nothing more will come. */
  readonly isLast: boolean
}

/**
 * A part of a page that renews itself while somebody looks at it: the address of its events, and the verb that the
 * authority table must grant at every look. Looking on is no activity, and prolongs no session.
 */
export interface DirectoryLive {
  readonly route: Route
  readonly verb: string
  readonly read: (scope: DirectoryScope) => Promise<Result<LivePart>>
}
