import { type Clock, systemClock } from '@parley/kernel'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { openDesk, type RunningDesk } from '../src/open-desk.ts'
import { amal, emptyFolder, quick } from './desk-folder.ts'

export const origin = 'http://localhost:8318'
const profile = fileURLToPath(new URL('../../directory/profiles/united-nations', import.meta.url))

/** A Desk that nobody has begun, answering in this process. */
export function openedDesk({
  folder = emptyFolder(),
  clock = systemClock,
  isShared = false,
  fetch = globalThis.fetch,
}: {
  readonly folder?: string
  readonly clock?: Clock
  readonly isShared?: boolean
  readonly fetch?: typeof globalThis.fetch
} = {}): RunningDesk {
  const desk = openDesk({ ...quick, clock, folder, profile, origin: new URL(origin), isShared, fetch })
  onTestFinished(() => desk.close())
  return desk
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** Where it leads, followed to the page. */
  readonly at: string
}

/** A browser without scripts: keeps its cookie and follows redirects. */
export function browse({ fetch }: RunningDesk) {
  let cookie = ''
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers)
    if (!headers.has('host')) headers.set('host', 'localhost:8318')
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(new Request(`${origin}${path}`, { ...init, headers }))
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const to = response.headers.get('location')
    if (response.status === 303 && to !== null) return ask(to)
    return { status: response.status, text: await response.text(), headers: response.headers, at: path }
  }
  return {
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (
      path: string,
      fields: Readonly<Record<string, string | Blob>> = {},
      headers: Record<string, string> = { origin },
    ) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields))
        if (typeof value === 'string' || value instanceof File) body.append(name, value)
        else body.append(name, value, name)
      return ask(path, { method: 'POST', body, headers })
    },
    /** A file, as it is. */
    bytes: async (path: string) => {
      const headers = { host: 'localhost:8318', cookie }
      return Buffer.from(await (await fetch(new Request(`${origin}${path}`, { headers }))).arrayBuffer())
    },
    cookie: () => cookie,
  }
}

export const office = {
  state: 'KE',
  kind: 'technical',
  entity: 'National KE-CIRT/CC',
  languages: 'en',
  name: amal.name,
  passphrase: amal.passphrase,
  again: amal.passphrase,
  understood: 'yes',
}

/** Let in, begun and open. */
export async function openOffice(desk: RunningDesk) {
  const browser = browse(desk)
  await browser.post('/en/door', { secret: desk.secret ?? '' })
  await browser.post('/en/begin', office)
  return browser
}
