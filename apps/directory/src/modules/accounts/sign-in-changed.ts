import type { Result } from '@parley/kernel'
import { done, type Done } from '../../platform/action.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { type MeansChange, SignInChanged } from './events.ts'
import { signedIn } from './signed-in.ts'

/** What proves a person has changed: a line in the history, and a mail, for it may not have been that person. */
export function signInChanged<T>(
  { actor }: Pick<DirectoryScope, 'actor'>,
  value: T,
  what: MeansChange,
): Result<Done<T>> {
  const { account } = signedIn(actor)
  return done(
    value,
    [{ verb: `sign-in.${what}`, subject: `account:${account}`, state: stateOf(actor) }],
    [SignInChanged({ account, what })],
  )
}
