import { newId, type StateCode } from '@parley/kernel'
import { issueToken } from '../src/modules/tokens/issue-token.ts'
import type { Scope } from '../src/modules/tokens/index.ts'
import { signedIn } from './entry-examples.ts'
import { origin, type World } from './world.ts'

/** A token that the Mission of a State issued, as its system keeps it. */
export async function issue(
  world: World,
  state: StateCode,
  scopes: readonly Scope[],
  days: 30 | 365 = 30,
): Promise<string> {
  const now = world.clock.now()
  const actor = signedIn({ role: 'mission', state }, now)
  const issued = await world.directory.performer.perform({ actor, now, requestId: newId() }, (scope) =>
    issueToken(scope, world.keys, state, { name: 'A system of ours', scopes, days }),
  )
  if (!issued.ok) throw new Error(issued.refusal.code)
  return issued.value
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

/** Asks as a system would: no cookie, no origin; with a token if there is one. */
export async function ask(
  world: World,
  path: string,
  token?: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const given = new Headers(headers)
  given.set('host', origin.host)
  if (token !== undefined && !given.has('authorization')) given.set('authorization', `Bearer ${token}`)
  const response = await world.directory.street.fetch(
    new Request(new URL(path, origin), { method, headers: given }),
    {},
  )
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  }
}
