import { newId, type StateCode } from '@parley/kernel'
import type { Mailbox, Outbound, OutgoingMail, SendOutcome } from '@parley/mail'
import { createPostgresDatabase, settableClock, type SettableClock } from '@parley/testkit'
import { compose, type Directory, type Outside } from '../src/compose.ts'
import { admitPerson, beginSession, type Holding, sessionCookieName } from '../src/modules/accounts/index.ts'
import { type Community, loadCommunity, startParticipation } from '../src/modules/community/index.ts'
import { type Keys, openKeys } from '../src/platform/config/keys.ts'
import { openPostgres } from '../src/platform/database/postgres.ts'
import type { Engine } from '../src/platform/database/database.ts'
import type { Post } from '../src/platform/mail/post.ts'
import { runDuty } from '../src/platform/duties/duties.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import { openCopy } from './embedded-copy.ts'

/** A whole Directory without a port: requests go in by `fetch`, mail comes out into `sent`, time stands still. */
export interface World {
  readonly directory: Directory
  readonly community: Community
  readonly clock: SettableClock
  readonly keys: Keys
  /** Every message handed to the relay, in order; `answerSending` decides what the relay says. */
  readonly sent: OutgoingMail[]
  answerSending(answer: (mail: OutgoingMail) => SendOutcome): void
  /** A browser without a session, or with one in a role. */
  visitor(holding?: Holding): Promise<Visitor>
  participate(...states: readonly StateCode[]): Promise<void>
  /** Runs the duties once, in order; all of them when none is named. */
  work(...names: readonly string[]): Promise<void>
  close(): Promise<void>
}

export interface Visitor {
  get(path: string): Promise<Page>
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Page>
  /** A form with files; anything else as the body of a request that says what it likes of itself. */
  send(
    path: string,
    body: FormData | ReadableStream,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>
  /** The cookie as it is sent: `<name>=<key>`. */
  cookie(): string
}

export interface Page {
  readonly status: number
  readonly location: string
  readonly headers: Headers
  readonly text: string
}

export const origin = new URL('http://localhost:8080')
export const managerEmail = 'manager@directory.example'
export const checksAddress = 'checks@directory.example'

export const testSecret = 'a secret that only tests know, and long enough'

export function testKeys(): Keys {
  return openKeys(testSecret)
}

export interface WorldOptions {
  /** Another one than the profile of the United Nations with its fictional States. */
  readonly community?: Community
  /** The origin that requests must name: another one where a browser comes in over a port. */
  readonly at?: URL
  readonly engine?: Engine
  readonly clock?: SettableClock
  /** What takes the mail; then nothing comes out into `sent`. */
  readonly relay?: Pick<Post, 'outbound' | 'connections'>
  /** How fast rounds leave; without one, at once. */
  readonly pace?: Post['pace']
  /** Where the duty `read-mail` finds answers. */
  readonly mailbox?: Mailbox
  readonly log?: Outside['log']
  /** What checks are signed with. */
  readonly signingKey?: Outside['signingKey']
  readonly furtherRooms?: Outside['furtherRooms']
  /** Whether callers are named by a proxy on this machine. */
  readonly behindProxy?: boolean
  /** Milliseconds between two looks at what renews itself. */
  readonly lookEvery?: number
}

export async function openWorld({
  community = loadCommunity('united-nations', { demonstration: true }),
  at = origin,
  engine,
  clock = settableClock(),
  relay,
  pace,
  mailbox,
  log = openLog('silent'),
  signingKey,
  furtherRooms = () => [],
  behindProxy = false,
  lookEvery = 20,
}: WorldOptions = {}): Promise<World> {
  const keys = testKeys()
  const sent: OutgoingMail[] = []
  let answer: (mail: OutgoingMail) => SendOutcome = acceptAll
  const outbound: Outbound = {
    send: async (mail, mayLeave) => {
      await mayLeave?.()
      const outcome = answer(mail)
      if (outcome.kind === 'accepted') sent.push(mail)
      return outcome
    },
    close: async () => undefined,
  }
  const directory = await compose({
    engine: engine ?? (await openEngine()),
    clock,
    keys,
    log,
    community,
    origin: at,
    managerEmail,
    post: { outbound, connections: 2, from: checksAddress, mailbox: checksAddress, pace, ...relay },
    furtherRooms,
    behindProxy,
    lookEvery,
    ...(mailbox ? { mailbox } : {}),
    ...(signingKey ? { signingKey } : {}),
  })
  const { database } = directory
  return {
    directory,
    community,
    clock,
    keys,
    sent,
    answerSending: (next) => {
      answer = next
    },
    visitor: async (holding) => {
      if (!holding) return visitorWith(directory, at)
      const key = await database.transaction({ role: 'worker' }, async (tx) => {
        const email = `${newId()}@person.example`
        const person = { name: 'Test Person', email, language: 'en' } as const
        const admitted = await admitPerson(tx, clock.now(), person, holding)
        return beginSession(tx, keys, clock.now(), admitted, holding)
      })
      return visitorWith(directory, at, `${sessionCookieName(at)}=${key}`)
    },
    participate: (...states) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        for (const state of states) await startParticipation(tx, state, clock.now())
      }),
    work: async (...names) => {
      for (const duty of directory.duties) {
        if (names.length === 0 || names.includes(duty.name)) await runDuty(duty, database, clock.now())
      }
    },
    close: () => directory.close(),
  }
}

function acceptAll(): SendOutcome {
  return { kind: 'accepted' }
}

/** The engine that this test run is about. */
export async function openEngine(): Promise<Engine> {
  if (process.env['PARLEY_TEST_ENGINE'] !== 'postgres') return openCopy()
  const owner = process.env['PARLEY_TEST_POSTGRES'] ?? ''
  const name = `world_${newId().replaceAll('-', '')}`
  const template = process.env['PARLEY_TEST_TEMPLATE']
  const { appUrl, ownerUrl } = await createPostgresDatabase(owner, name, template)
  return openPostgres({ url: appUrl, ownerUrl, connections: 5 })
}

/** Keeps the cookies that a browser would keep, in one jar. */
function visitorWith(directory: Directory, at: URL, cookie = ''): Visitor {
  const jar = new Map<string, string>()
  const keep = (cookies: string) => {
    const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/s.exec(cookies) ?? []
    if (/max-age=0/i.test(attributes)) jar.delete(name)
    else if (name !== '') jar.set(name, value)
  }
  keep(cookie)
  const sent = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = new Headers(init.headers)
    headers.set('host', at.host)
    if (jar.size > 0) headers.set('cookie', sent())
    const response = await directory.street.fetch(new Request(new URL(path, at), { ...init, headers }))
    response.headers.getSetCookie().forEach(keep)
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      headers: response.headers,
      text: await response.text(),
    }
  }
  return {
    cookie: sent,
    get: (path) => ask(path, {}),
    send: (path, body, headers = {}) => {
      const sender = { origin: at.origin, 'sec-fetch-site': 'same-origin' }
      // Without `duplex` a stream is no body; the types of `fetch` do not know it.
      const init = { method: 'POST', body, headers: { ...sender, ...headers }, duplex: 'half' }
      return ask(path, init)
    },
    post: (path, fields = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields))
        for (const each of [value].flat()) body.append(name, each)
      return ask(path, {
        method: 'POST',
        body,
        headers: { origin: at.origin, 'sec-fetch-site': 'same-origin' },
      })
    },
  }
}
