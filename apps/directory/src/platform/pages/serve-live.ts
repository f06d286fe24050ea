import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, type Result, second } from '@parley/kernel'
import { type PageScope, patternOf, statusOf } from '@parley/web'
import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { actAs } from '../database/acting.ts'
import { type Actor, actingOf } from '../session/actor.ts'
import { mayRole } from '../session/authority.ts'
import type { DirectoryLive, LivePart } from './live.ts'
import { pageScope, type Site } from './serve-pages.ts'

/** Without anything new the part is sent again after this long, for its "as of". */
const sentAgainAfter = 30 * second
/** More windows of one person than this are not served: the oldest ends. */
const mostOfOnePerson = 4
/** Looks that a reader may miss before the stream ends: what nobody takes is not kept. */
const mostMissed = 12

export interface LiveSite extends Site {
  /** How often what renews itself is looked at. */
  readonly lookEvery: number
}

interface Look {
  readonly actor: Actor
  readonly found: Result<LivePart>
}

/** Server-sent events: a part of a page whenever it changes, as long as whoever looks at it may. */
export function serveLive(
  site: LiveSite,
  lives: readonly DirectoryLive[],
): { readonly street: Hono; readonly end: () => void } {
  const open = new Map<string, AbortController[]>()
  const street = new Hono()
  for (const live of lives) {
    street.get(`/:locale{(?:${site.languages.join('|')})}${patternOf(live.route)}`, async (c) => {
      const asked = pageScope(c, site)
      if (!asked) return c.notFound()
      const lookNow = () => look(c, site, live, asked)
      const { actor, found } = await lookNow()
      if (!found.ok) return c.body(null, statusOf[found.refusal.kind])
      const stopped = takeTurn(open, 'account' in actor ? actor.account : '')
      c.header('content-type', 'text/event-stream; charset=utf-8')
      // No cache keeps it, and no proxy holds it back until there is more of it, or packs it.
      c.header('cache-control', 'no-store, no-transform')
      c.header('x-accel-buffering', 'no')
      return c.body(streamOf(site, found.value, lookNow, stopped))
    })
  }
  return { street, end: () => open.forEach((turns) => turns.forEach((turn) => turn.abort())) }
}

/** One look, in a transaction of its own: who that is now, whether they may, and what is to be seen. */
async function look(c: Context, site: LiveSite, live: DirectoryLive, asked: PageScope): Promise<Look> {
  const { authority, callerOf, clock, doorkeeper, performer, texts } = site
  const key = getCookie(c, site.sessionCookie)
  const now = clock.now()
  return performer.database.transaction(doorkeeper.presented(key), async (tx) => {
    const actor = await doorkeeper.findActor(tx, key, now, 'a renewal')
    const may = (verb: string) => mayRole(authority, actor.role, verb)
    if (!may(live.verb)) return { actor, found: refuse({ code: 'web/forbidden', kind: 'forbidden' }) }
    await actAs(tx, actingOf(actor))
    const { performIn } = performer
    const caller = callerOf(c)
    const who = { tx, actor, caller, may, hasWaited: false, files: [] }
    const found = await live.read({ ...asked, ...who, now, performIn, texts })
    return { actor, found }
  })
}

/** One more window of a person; gives back what ends it. */
function takeTurn(open: Map<string, AbortController[]>, account: string): AbortController {
  const turn = new AbortController()
  const turns = [...(open.get(account) ?? []), turn]
  for (const oldest of turns.slice(0, -mostOfOnePerson)) oldest.abort()
  open.set(account, turns)
  turn.signal.addEventListener('abort', () => {
    const left = (open.get(account) ?? []).filter((each) => each !== turn)
    if (left.length === 0) open.delete(account)
    else open.set(account, left)
  })
  return turn
}

function streamOf(
  { clock, lookEvery }: LiveSite,
  first: LivePart,
  lookNow: () => Promise<Look>,
  stopped: AbortController,
): ReadableStream<Uint8Array> {
  const { signal } = stopped
  const encoder = new TextEncoder()
  const run = async (write: (text: string) => boolean) => {
    let sent = { mark: '', at: 0 }
    let missed = 0
    /** Whether more is to come. */
    const send = ({ part, said, mark, isLast }: LivePart): boolean => {
      const at = clock.now().getTime()
      const isNew = mark !== sent.mark || at - sent.at >= sentAgainAfter
      // A sign of life, so that nobody between takes the line for dead.
      const isTaken = write(isNew ? eventOf('part', part.toString()) + eventOf('said', said) : ':\n\n')
      if (isTaken && isNew) sent = { mark, at }
      missed = isTaken ? 0 : missed + 1
      return !isLast && missed < mostMissed
    }
    write('retry: 3000\n\n')
    let goesOn = send(first)
    while (goesOn) {
      await sleep(lookEvery, undefined, { signal })
      const { found } = await lookNow()
      if (signal.aborted) return
      goesOn = found.ok && send(found.value)
    }
    write(eventOf('over', ''))
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (out) => {
        const write = (text: string) => {
          if (signal.aborted || (out.desiredSize ?? 0) <= 0) return false
          out.enqueue(encoder.encode(text))
          return true
        }
        // A fault (the database restarts) ends the stream; the browser asks again.
        void run(write)
          .catch(() => undefined)
          .finally(() => {
            stopped.abort()
            out.close()
          })
          .catch(() => undefined)
      },
      cancel: () => stopped.abort(),
    },
    new CountQueuingStrategy({ highWaterMark: 8 }),
  )
}

function eventOf(name: string, text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `event: ${name}\n${lines.join('')}\n`
}
