import { type Clock, languageAmong, type Languages, type Locale } from '@parley/kernel'
import { checkText, href, html, icon, type PageScope, stylesheet, webText } from '@parley/web'
import type { Mailbox } from '@parley/mail'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import {
  accountsRoom,
  accountsText,
  countManagers,
  countOthersOfMission,
  holdingName,
  invite,
  myAccountRoute,
  openDoorkeeper,
  openKeptForms,
  openSessionNote,
  sessionCookieName,
  signInRoute,
  signOutRoute,
  suspensionSection,
  usersSection,
} from './modules/accounts/index.ts'
import { approvalsRoom, toOurApprovals, waitingForSecond } from './modules/approvals/index.ts'
import { apiRoom, apiRoute } from './modules/api/index.ts'
import { type Community, communityRoom, findMission } from './modules/community/index.ts'
import {
  checksSection,
  openChecks,
  type ReceiveMail,
  roundsAnnounced,
  waitingChecks,
} from './modules/checks/index.ts'
import {
  directoryRoom,
  entriesSection,
  openCardLimit,
  openCardViews,
  openListeners,
  withdrawWithState,
} from './modules/directory/index.ts'
import { enteredFrom, letterAddress, lettersRoom, lettersRoute, toLetters } from './modules/letters/index.ts'
import { homeOf, todayRoom } from './modules/today/index.ts'
import { checkpointRoute, historyRoom } from './modules/history/index.ts'
import { endTokensOfState, openSystemDoor, tokensRoom, tokensSection } from './modules/tokens/index.ts'
import { backupCommand, erasuresCommand, makeBackupKeyCommand, restoreCommand } from './backup.command.ts'
import { createManager } from './create-manager.command.ts'
import { openPerformer, type Performer } from './platform/action.ts'
import type { Command } from './platform/command.ts'
import type { Keys } from './platform/config/keys.ts'
import { type Database, type Engine, openDatabase } from './platform/database/database.ts'
import { migrate, type MigrationFolder } from './platform/database/migrate.ts'
import { type Duty } from './platform/duties/duties.ts'
import { openDualControl } from './platform/dual-control/dual-control.ts'
import { openTwoPersonRule } from './platform/dual-control/two-person-rule.ts'
import type { Post } from './platform/mail/post.ts'
import { checkpointer } from './platform/history/checkpoint.ts'
import { type CheckpointKey, openCheckpointKey } from './platform/history/checkpoint-key.ts'
import { readingsEraser } from './platform/history/erase.ts'
import { erasureFileIn, erasureNoter } from './platform/history/erasure-file.ts'
import { sealer } from './platform/history/seal.ts'
import { platformMigrations } from './platform/migrations.ts'
import { openOutbox, type Subscriptions } from './platform/outbox/outbox.ts'
import { errorPage, servePages, type Site } from './platform/pages/serve-pages.ts'
import { callerOf, isOwnOrigin, openStreet } from './platform/pages/street.ts'
import type { Actor } from './platform/session/actor.ts'
import { type Metrics, openMetrics } from './platform/telemetry/metrics.ts'
import { type Outlook, watcher } from './platform/telemetry/watch.ts'
import { mayRole, mergeAuthority } from './platform/session/authority.ts'
import { migrationsOf, type Room } from './room.ts'
import { statusCommand } from './show-status.command.ts'
import { speakAs } from './speak-as.ts'
import { subscriptions } from './subscriptions.ts'

/** Everything outside that a Directory needs; tests and the demonstration bring their own. */
export interface Outside extends Outlook {
  readonly engine: Engine
  readonly clock: Clock
  readonly keys: Keys
  readonly log: Logger
  readonly community: Community
  readonly origin: URL
  /** The directory manager's public contact address. */
  readonly managerEmail: string
  readonly post: Omit<Post, 'sender'>
  /** Where answers to checks come in by mail. */
  readonly mailbox?: Mailbox
  /** How many contact cards a person may open in an hour: enough for whoever reads them. */
  readonly cardsPerHour?: number
  /** Whether a proxy on this machine stands before us and names the caller. */
  readonly behindProxy?: boolean
  /** Where erasures are noted beside the database; its disk must not fill up. */
  readonly folder?: string
  /** To whom backups are encrypted, where the command does not say: public keys of age. */
  readonly backupRecipient?: string
  /** Fills the empty database before its migrations: a restore does. */
  readonly fill?: (migrations: readonly MigrationFolder[]) => Promise<void>
  /** What stands in the band across every page (DEMONSTRATION), if anything does. */
  readonly band?: (locale: Locale) => string
  /** Rooms besides those of every Directory: the demonstration's. */
  readonly furtherRooms?: (house: Pick<Directory, 'receive'>) => readonly Room[]
}

export interface Directory {
  readonly performer: Performer
  readonly database: Database
  readonly street: { readonly fetch: (request: Request, env?: object) => Response | Promise<Response> }
  readonly rooms: readonly Room[]
  readonly duties: readonly Duty[]
  readonly commands: readonly Command[]
  readonly checkpointKey: CheckpointKey
  readonly metrics: Metrics
  /** Hands in one mail by hand: the demonstration's sink, and tests. */
  readonly receive: ReceiveMail
  close(): Promise<void>
}

/** Of any request, whoever answers it. */
const largestBody = 1024 * 1024

/** Builds the house: the only file that knows every module. Migrates the database first. */
export async function compose(outside: Outside): Promise<Directory> {
  const { engine, clock, keys, log, community, origin } = outside
  const post: Post = { ...outside.post, sender: community.profile.operator }
  const database = openDatabase(engine)
  // The listeners are rooms' own, and rooms stand on the performer: what is heard is known a moment later.
  let heard: Subscriptions = {}
  const metrics = openMetrics()
  const outbox = openOutbox(database, clock, () => heard, log)
  const performer = openPerformer(database, outbox)
  const checks = openChecks({ ...outside, post, performer })
  const { languages, retentionDays: retention } = community.profile
  const accounts = {
    origin,
    keys,
    clock,
    members: community,
    database,
    log,
    retention,
    findMission,
    enteredFrom: (locale: Locale) => enteredFrom(locale, 'user'),
  }
  heard = subscriptions({
    checks: checks.hear,
    directory: {
      ...openListeners({ ...outside, post, database }),
      withdrawWithState: withdrawWithState(community.profile, performer, clock),
    },
    accounts: { ...accounts, post },
    community: { ...outside, post, database },
    tokens: { database, post, clock, origin, endOfState: endTokensOfState(performer) },
  })
  const checkpointKey = openCheckpointKey(keys)
  const views = openCardViews(database, clock)
  const limit = openCardLimit(outside.cardsPerHour ?? 150)
  const dual = openDualControl(community.profile.dualControl, countManagers)
  const rule = openTwoPersonRule(community.profile.dualControl.lapsesAfterDays, countOthersOfMission)
  const asking: readonly Room[] = [
    todayRoom(community),
    accountsRoom(accounts, performer, { dual, rule }),
    communityRoom(community, dual, {
      contact: outside,
      clock,
      checkpointRoute,
      inviteMission: (scope, { state, email, language }) =>
        invite(scope, keys, {
          email,
          name: community.stateName(state, language),
          language,
          as: { role: 'mission', state },
          needsTelephoneCode: true,
        }),
      letters: {
        route: lettersRoute,
        access: (locale) => letterAddress(locale, 'access'),
        enteredFrom,
      },
      announcements: [roundsAnnounced(community)],
      sections: [
        entriesSection(community),
        checksSection(community),
        usersSection(community),
        suspensionSection(community),
        tokensSection(community),
      ],
    }),
    directoryRoom(
      community,
      performer,
      keys,
      { dual, rule },
      { views, limit },
      {
        onTop: async (scope) => html`${await waitingChecks(scope)}${await waitingForSecond(scope)}`,
        further: (locale) => html`${toOurApprovals(locale)}${toLetters(locale)}`,
        enteredFrom,
      },
    ),
    checks.room,
    lettersRoom(community, outside),
    historyRoom(community, checkpointKey),
    tokensRoom({ keys, origin, database, community, apiRoute }),
    apiRoom({
      languages,
      origin,
      clock,
      log,
      keys,
      community,
      door: openSystemDoor({ performer, keys, clock }),
      texts: () => rooms.map((room) => room.text),
      callerOf: (c) => callerOf(c, outside.behindProxy ?? false),
    }),
    ...(outside.furtherRooms?.({ receive: checks.receive }) ?? []),
  ]
  const approvals = approvalsRoom(
    performer,
    { dual, rule },
    {
      ofManagers: asking.flatMap((room) => room.dualActs ?? []),
      ofStates: asking.flatMap((room) => room.ownActs ?? []),
    },
  )
  const rooms: readonly Room[] = [...asking, approvals]
  checkLanguageFiles(rooms)
  speakAs(community, rooms)
  const migrations = [...platformMigrations, ...migrationsOf(rooms)]
  await outside.fill?.(migrations)
  await migrate(engine, migrations)

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
    callerOf: (c) => callerOf(c, outside.behindProxy ?? false),
    signIn: (locale, back, form) =>
      `${href(locale, signInRoute)}?${new URLSearchParams({ back, ...(form && { form }) })}`,
    frame: (page, actor) => ({
      product: 'Parley',
      languages,
      home: href(page.locale, homeOf(actor.role)),
      stylesheet: css.path,
      icon: sign.path,
      band: outside.band?.(page.locale),
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
    const ready = await database.transaction({ role: 'public' }, async () => true).catch(() => false)
    return ready ? c.text('yes') : c.text('no', 503)
  })
  for (const room of rooms) if (room.machines) street.route('/', room.machines)
  street.post(
    '*',
    bodyLimit({
      maxSize: largestBody,
      onError: (c) => errorPage(c, site, { code: 'web/too-large', kind: 'invalid' }, 413),
    }),
  )
  street.post('*', async (c, next) => {
    if (isOwnOrigin(c.req.raw.headers, origin)) return next()
    return errorPage(c, site, { code: 'web/foreign-origin', kind: 'forbidden' }, 403)
  })
  for (const room of rooms) if (room.street) street.route('/', room.street)
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

  const relay: Duty = { name: 'relay', every: 500, shared: true, run: () => outbox.relay() }
  const history = [
    sealer(database),
    checkpointer(database, checkpointKey),
    readingsEraser(database, retention.readingLines),
  ]
  const notes = outside.folder === undefined ? [] : [erasureNoter(database, erasureFileIn(outside.folder))]
  const watch = watcher(database, outside)
  const duties = [relay, watch, ...history, ...notes, ...rooms.flatMap((room) => room.duties ?? [])]
  return {
    performer,
    database,
    receive: checks.receive,
    rooms,
    street: { fetch: (request, env) => street.fetch(request, env) },
    duties,
    commands: [
      createManager(accounts, languages),
      statusCommand(outside, rooms),
      backupCommand({ engine, keys, recipient: outside.backupRecipient, keepDays: retention.backup }),
      erasuresCommand,
      restoreCommand,
      makeBackupKeyCommand,
      ...rooms.flatMap((room) => room.commands ?? []),
    ],
    checkpointKey,
    metrics,
    close: async () => {
      await views.flush().catch((err: unknown) => log.warn({ err }, 'counted views were not added'))
      await database.close()
    },
  }
}

/** A sentence that is missing in one language would only be noticed by those who read no other. */
function checkLanguageFiles(rooms: readonly Room[]): void {
  const problems = [webText, ...rooms.map(({ text }) => text)].flatMap(({ messages }) => checkText(messages))
  if (problems.length > 0) throw new Error(`The language files are not whole:\n${problems.join('\n')}`)
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
