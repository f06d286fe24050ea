import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, languageAmong, type Languages, type Locale, second } from '@parley/kernel'
import { href, html, icon, type PageScope, patternOf, stylesheet } from '@parley/web'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import {
  accountsText,
  holdingName,
  myAccountRoute,
  openDoorkeeper,
  openKeptForms,
  openSessionNote,
  sessionCookieName,
  signInRoute,
  signOutRoute,
} from './modules/accounts/index.ts'
import type { Community } from './modules/community/index.ts'
import { homeOf } from './modules/today/index.ts'
import type { Performer } from './platform/action.ts'
import type { Keys } from './platform/config/keys.ts'
import type { Database } from './platform/database/database.ts'
import { passOverBody } from './platform/pages/pass-over-body.ts'
import { errorPage, servePages, type Site } from './platform/pages/serve-pages.ts'
import { serveLive } from './platform/pages/serve-live.ts'
import { callerOf, isOwnOrigin, openStreet } from './platform/pages/street.ts'
import type { Actor } from './platform/session/actor.ts'
import { mayRole, mergeAuthority } from './platform/session/authority.ts'
import type { Metrics } from './platform/telemetry/metrics.ts'
import type { Room } from './room.ts'

/** Of any request, whoever answers it. */
const largestBody = 1024 * 1024
/** How long the database may take to be there. */
const longestReach = 2 * second

interface House {
  readonly clock: Clock
  readonly keys: Keys
  readonly log: Logger
  readonly community: Community
  readonly origin: URL
  readonly database: Database
  readonly performer: Performer
  readonly metrics: Metrics
  readonly rooms: readonly Room[]
  /** What stands in the band across every page, if anything does. */
  readonly band?: ((locale: Locale) => string) | undefined
  readonly behindProxy?: boolean | undefined
  /** How often what renews itself is looked at: every five seconds, where nothing else is said. */
  readonly lookEvery?: number | undefined
}

export interface Street {
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>
  /** Ends the streams of all who look at something that renews itself: they would never end by themselves. */
  readonly endStreams: () => void
}

/** What stands on the street: the pages, forms and machines' doors of all rooms, each within the frame of the house. */
export function answerRequests(house: House): Street {
  const { clock, keys, log, community, origin, database, performer, metrics, rooms, band, behindProxy } =
    house
  const { languages } = community.profile
  const authority = mergeAuthority(rooms.map((room) => room.authority))
  const itemsOf = (of: (room: Room) => Room['menu'], { locale }: PageScope, { role }: Actor) =>
    rooms
      .flatMap((room) => of(room) ?? [])
      .filter((item) => mayRole(authority, role, item.verb))
      .map((item) => ({ href: href(locale, item.route), label: item.label(locale) }))
  const css = stylesheet()
  const sessionNote = openSessionNote()
  const sign = icon()
  const site: Site = {
    clock,
    languages,
    performer,
    authority,
    texts: rooms.map((room) => room.text),
    sessionCookie: sessionCookieName(origin),
    doorkeeper: openDoorkeeper(keys),
    keptForms: openKeptForms(keys, origin),
    countRefusal: metrics.refusal,
    callerOf: (c) => callerOf(c, behindProxy ?? false),
    signIn: (locale, back, form) =>
      `${href(locale, signInRoute)}?${new URLSearchParams({ back, ...(form && { form }) })}`,
    frame: (page, actor) => ({
      product: 'Parley',
      languages,
      home: href(page.locale, homeOf(actor.role)),
      stylesheet: css.path,
      icon: sign.path,
      band: band?.(page.locale),
      menu: itemsOf((room) => room.menu, page, actor),
      who: who(page, actor, community),
      ...sessionNote.of(page, actor),
      footer: itemsOf((room) => room.footer, page, actor),
    }),
  }

  const assets = [css, sign, sessionNote.script, ...rooms.flatMap((room) => room.assets ?? [])]
  const street = openStreet({ origin, log, assets, metrics })
  street.get('/', (c) => c.redirect(`/${preferredLocale(languages, c.req.header('accept-language') ?? '')}`))
  street.get('/healthz', (c) => c.text('yes'))
  street.get('/readyz', async (c) => {
    const reached = database.transaction({ role: 'public' }, async () => true).catch(() => false)
    // A database that says nothing is not there either; whoever asks does not wait for ever.
    const ready = await Promise.race([reached, sleep(longestReach, false, { ref: false })])
    return ready ? c.text('yes') : c.text('no', 503)
  })
  for (const room of rooms) if (room.machines) street.route('/', room.machines)
  const limit = bodyLimit({
    maxSize: largestBody,
    onError: async (c) => {
      await passOverBody(c.req.raw)
      return errorPage(c, site, { code: 'web/too-large', kind: 'invalid' }, 413)
    },
  })
  // A form that takes files has a limit of its own, which it asks once it knows who sends.
  const uploads = new Set(
    rooms.flatMap((room) => room.forms).flatMap((each) => (each.upload ? [patternOf(each.route)] : [])),
  )
  street.post('*', (c, next) =>
    uploads.has(c.req.path.replace(/^\/[a-z]{2}(?=\/)/, '')) ? next() : limit(c, next),
  )
  street.post('*', async (c, next) => {
    if (isOwnOrigin(c.req.raw.headers, origin)) return next()
    return errorPage(c, site, { code: 'web/foreign-origin', kind: 'forbidden' }, 403)
  })
  for (const room of rooms) if (room.street) street.route('/', room.street)
  const lives = serveLive(
    { ...site, lookEvery: house.lookEvery ?? 5 * second },
    rooms.flatMap((room) => room.lives ?? []),
  )
  street.route('/', lives.street)
  const pages = rooms.flatMap((room) => room.pages)
  street.route(
    '/',
    servePages(
      site,
      pages,
      rooms.flatMap((room) => room.forms),
    ),
  )
  street.notFound((c) => errorPage(c, site, { code: 'web/not-found', kind: 'absent' }, 404))
  street.onError((fault, c) => {
    if (fault instanceof HTTPException && fault.status < 500) {
      return errorPage(c, site, { code: 'field/invalid', kind: 'invalid' }, 422)
    }
    log.error({ requestId: c.get('requestId'), err: fault }, 'a request failed')
    return errorPage(c, site, { code: 'web/fault', kind: 'invalid' }, 500)
  })
  return { fetch: (request, env) => street.fetch(request, env), endStreams: lives.end }
}

function who(page: PageScope, actor: Actor, community: Community) {
  const { locale } = page
  const t = accountsText(locale)
  if (!('session' in actor)) return html`<a href="${href(locale, signInRoute)}">${t('sign-in.title')}</a>`
  const acting = holdingName(community, locale, actor)
  return html`<span><a href="${href(locale, myAccountRoute)}">${actor.name}</a> · ${acting}</span>
    <form method="post" action="${href(locale, signOutRoute)}">
      <button class="link">${t('sign-out')}</button>
    </form>`
}

/** The first language of the browser that the community speaks. */
function preferredLocale(languages: Languages, accepted: string): Locale {
  const wanted = accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return languageAmong(
    languages,
    wanted.find((tag) => languages.some((each) => each === tag)),
  )
}
