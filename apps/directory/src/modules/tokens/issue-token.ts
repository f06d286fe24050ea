import { randomBytes } from 'node:crypto'
import { after, day, newId, refuse, type Result, type StateCode } from '@parley/kernel'
import { done, type Done } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { requireProof } from '../accounts/index.ts'
import { isParticipating } from '../community/index.ts'
import { TokenIssued } from './events.ts'
import { listTokens } from './store.ts'
import type { TokensTables } from './tables.ts'
import { type Scope, standingOf, tokenSubject } from './token.ts'

/** For how many days a token may be issued: a year at most. */
export const lifetimes = [30, 90, 180, 365] as const
const mostLive = 10

export interface Wanted {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly days: (typeof lifetimes)[number]
}

/** The secret begins with a word, so that a tool that looks for lost secrets knows it. */
const beginning = 'parley_'

export function isSecret(text: string): boolean {
  return /^parley_[A-Za-z0-9_-]{43}$/.test(text)
}

/** POC-12: a Mission gives its State's own system a token. The secret is given back this once. */
export async function issueToken(
  scope: Pick<DirectoryScope, 'tx' | 'now' | 'actor'>,
  keys: Keys,
  state: StateCode,
  wanted: Wanted,
): Promise<Result<Done<string>>> {
  const { tx, now } = scope
  const proof = requireProof(scope)
  if (!proof.ok) return proof
  if (!(await isParticipating(tx, state)))
    return refuse({ code: 'tokens/not-participating', kind: 'conflict' })
  const live = (await listTokens(tx, state)).filter((token) => standingOf(token, now) === 'live')
  if (live.length >= mostLive) return refuse({ code: 'tokens/enough', kind: 'conflict' })
  const id = newId<'token'>()
  const secret = beginning + randomBytes(32).toString('base64url')
  const { name, days } = wanted
  const scopes = [...wanted.scopes]
  const expiresAt = after(now, days * day)
  await tx
    .withTables<TokensTables>()
    .insertInto('tokens.token')
    .values({
      id,
      state,
      name,
      scopes,
      digest: keys.digest('token', secret),
      issued_at: now,
      expires_at: expiresAt,
      ended_at: null,
      suspended_until: null,
      suspended_because: null,
      last_used_at: null,
      last_used_from: null,
      hour_began_at: now,
      requests: 0,
      states_listed: 0,
      cards_read: 0,
    })
    .execute()
  const content = { name, scopes, until: expiresAt.toISOString() }
  return done(
    secret,
    [{ verb: 'token.issued', subject: tokenSubject(id), state, content }],
    [TokenIssued({ token: id })],
  )
}
