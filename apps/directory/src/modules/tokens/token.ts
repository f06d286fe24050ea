import {
  hour,
  type Id,
  ok,
  parseId,
  parseStateCode,
  refuse,
  type Result,
  type StateCode,
} from '@parley/kernel'
import type { TokenRow } from './tables.ts'

export type TokenId = Id<'token'>

/** What a token may be issued for. The whole list and the address book are rights of their own. */
export const scopes = ['entries:read', 'entries:read-all', 'snapshot:read', 'address-book'] as const
export type Scope = (typeof scopes)[number]

export interface Token {
  readonly id: TokenId
  readonly state: StateCode
  /** The one purpose that its Mission wrote down. */
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly endedAt: Date | undefined
  readonly suspended: { readonly until: Date; readonly because: string } | undefined
  readonly lastUsedAt: Date | undefined
  readonly lastUsedFrom: string | undefined
  readonly hour: Hour
}

/** What a token used since an hour began. */
export interface Hour {
  readonly beganAt: Date
  readonly requests: number
  readonly statesListed: number
  readonly cardsRead: number
}

export type Standing = 'live' | 'suspended' | 'expired' | 'ended'

export function standingOf(token: Token, now: Date): Standing {
  if (token.endedAt) return 'ended'
  if (token.expiresAt <= now) return 'expired'
  return token.suspended && token.suspended.until > now ? 'suspended' : 'live'
}

/** Of one token and hour. */
export const most = {
  requests: 1_200,
  /** POC-13: reading more than 20 States' entries at once is a right of its own. */
  states: 20,
  statesOfTheWholeList: 2_000,
  /** Cards show what lists leave out, so nobody reads the whole list card by card. */
  cards: 20,
} as const

/** Whether a token may be used now; then with its hour as it stands after this request. */
export function decideUse(token: Token, now: Date): Result<Hour> {
  const standing = standingOf(token, now)
  if (standing === 'suspended') return refuse({ code: 'tokens/suspended', kind: 'forbidden' })
  if (standing !== 'live') return refuse({ code: `tokens/${standing}`, kind: 'unauthenticated' })
  const current = hourAt(token.hour, now)
  if (current.requests >= most.requests) return tooMany(current, now)
  return ok({ ...current, requests: current.requests + 1 })
}

export interface Listing {
  readonly statesListed: number
  /** More than 20 States within the hour: a use of the right to the whole list, which is a line of the history. */
  readonly isWholeList: boolean
}

/** Whether a token may be told the entries of so many States; `begins` where it asks anew, not for the next page. */
export function decideListing(
  token: Pick<Token, 'scopes' | 'hour'>,
  { states, begins }: { readonly states: number; readonly begins: boolean },
  now: Date,
): Result<Listing> {
  const current = hourAt(token.hour, now)
  const statesListed = current.statesListed + states
  const ofTheWhole = token.scopes.includes('entries:read-all') || token.scopes.includes('address-book')
  if (statesListed > (ofTheWhole ? most.statesOfTheWholeList : most.states)) return tooMany(current, now)
  const isWholeList =
    states > 0 && statesListed > most.states && (begins || current.statesListed <= most.states)
  return ok({ statesListed, isWholeList })
}

/** Whether a token may be shown one more card. */
export function decideCard({ hour: used }: Pick<Token, 'hour'>, now: Date): Result<number> {
  const current = hourAt(used, now)
  return current.cardsRead >= most.cards ? tooMany(current, now) : ok(current.cardsRead + 1)
}

function hourAt(used: Hour, now: Date): Hour {
  if (now.getTime() - used.beganAt.getTime() < hour) return used
  return { beganAt: now, requests: 0, statesListed: 0, cardsRead: 0 }
}

function tooMany({ beganAt }: Hour, now: Date) {
  const seconds = Math.max(1, Math.ceil((beganAt.getTime() + hour - now.getTime()) / 1000))
  return refuse({ code: 'tokens/hour-used', kind: 'too-many', values: { seconds } })
}

/** Rows were written by this module: one that cannot be read is a fault. */
export function rowToToken(row: TokenRow): Token {
  const id = parseId<'token'>(row.id)
  const state = parseStateCode(row.state)
  if (!id || !state) throw new Error('A token has no id or no State')
  return {
    id,
    state,
    name: row.name,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
    suspended:
      row.suspended_until === null
        ? undefined
        : { until: row.suspended_until, because: row.suspended_because ?? '' },
    lastUsedAt: row.last_used_at ?? undefined,
    lastUsedFrom: row.last_used_from ?? undefined,
    hour: {
      beganAt: row.hour_began_at,
      requests: row.requests,
      statesListed: row.states_listed,
      cardsRead: row.cards_read,
    },
  }
}

export function tokenSubject(id: TokenId): string {
  return `token:${id}`
}
