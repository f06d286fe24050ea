import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { House } from './house.ts'
import type { Method } from './session.ts'

interface SignIn {
  /** `refused`: proven, and kept out all the same (suspended, or no role that this method opens). */
  readonly outcome: 'done' | 'failed' | 'too-many' | 'refused'
  readonly method: Method
  readonly account?: AccountId | undefined
}

/**
 * A line of the log for each try to sign in, so that the operator sees when one account is attacked. It names the
 * account by a keyed digest, and nothing of what was typed: the log holds no personal data.
 */
export function logSignIn(
  { keys, log }: Pick<House, 'keys' | 'log'>,
  { requestId }: Pick<DirectoryScope, 'requestId'>,
  { outcome, method, account }: SignIn,
): void {
  const digest = account === undefined ? 'unknown' : keys.digest('logged-account', account)
  const line = { requestId, outcome, method, account: digest }
  if (outcome === 'done') log.info(line, 'sign-in')
  else log.warn(line, 'sign-in')
}
