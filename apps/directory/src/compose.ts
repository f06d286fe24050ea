import { type Clock, type Locale } from '@parley/kernel'
import { checkText, html, webText } from '@parley/web'
import type { Mailbox } from '@parley/mail'
import type { Logger } from 'pino'
import {
  accountsRoom,
  countManagers,
  countOthersOfMission,
  invite,
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
import { exchangeRoom, startInquiry } from './modules/exchange/index.ts'
import { guidesRoom } from './modules/guides/index.ts'
import { enteredFrom, letterAddress, lettersRoom, lettersRoute, toLetters } from './modules/letters/index.ts'
import { libraryRoom } from './modules/library/index.ts'
import { todayRoom } from './modules/today/index.ts'
import { findFingerprint, fingerprintSection, snapshotRoom } from './modules/snapshot/index.ts'
import { checkpointRoute, historyRoom } from './modules/history/index.ts'
import { endTokensOfState, openSystemDoor, tokensRoom, tokensSection } from './modules/tokens/index.ts'
import {
  backupCommand,
  erasuresCommand,
  makeBackupKeyCommand,
  moveCommand,
  restoreCommand,
} from './backup.command.ts'
import { answerRequests, type Street } from './answer-requests.ts'
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
import type { SigningKey } from './platform/mail/signing-key.ts'
import { checkpointer } from './platform/history/checkpoint.ts'
import { type CheckpointKey, openCheckpointKey } from './platform/history/checkpoint-key.ts'
import { readingsEraser } from './platform/history/erase.ts'
import { erasureFileIn, erasureNoter } from './platform/history/erasure-file.ts'
import { sealer } from './platform/history/seal.ts'
import { platformMigrations } from './platform/migrations.ts'
import { openOutbox, type Subscriptions } from './platform/outbox/outbox.ts'
import { callerOf } from './platform/pages/street.ts'
import { type Metrics, openMetrics } from './platform/telemetry/metrics.ts'
import { type Outlook, watcher } from './platform/telemetry/watch.ts'
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
  /** What checks are signed with; without one they are not. */
  readonly signingKey?: SigningKey
  /** Where answers to checks come in by mail. */
  readonly mailbox?: Mailbox
  /** How many contact cards a person may open in an hour: enough for whoever reads them. */
  readonly cardsPerHour?: number
  /** How often what renews itself is looked at; tests do not wait as long as people. */
  readonly lookEvery?: number
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
  readonly street: Street
  readonly rooms: readonly Room[]
  readonly duties: readonly Duty[]
  readonly commands: readonly Command[]
  readonly checkpointKey: CheckpointKey
  readonly metrics: Metrics
  /** Hands in one mail by hand: the demonstration's sink, and tests. */
  readonly receive: ReceiveMail
  close(): Promise<void>
}

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
  const fingerprint = { find: findFingerprint, section: fingerprintSection }
  heard = subscriptions({
    checks: checks.hear,
    directory: {
      ...openListeners({ ...outside, post, database }),
      withdrawWithState: withdrawWithState(community.profile, performer, clock),
    },
    accounts: { ...accounts, post },
    community: { ...outside, post, database },
    tokens: { database, post, clock, origin, fingerprint, endOfState: endTokensOfState(performer) },
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
      announcements: [roundsAnnounced({ community, signingKey: outside.signingKey, clock })],
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
        startInquiry,
      },
    ),
    exchangeRoom(community, limit),
    checks.room,
    lettersRoom(community, outside),
    libraryRoom(community, origin),
    guidesRoom,
    historyRoom(community, checkpointKey),
    tokensRoom({ keys, origin, database, community, fingerprint, apiRoute }),
    snapshotRoom({ database, keys, community }, origin),
    apiRoom({
      languages,
      origin,
      clock,
      log,
      keys,
      community,
      database,
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

  const street = answerRequests({ ...outside, database, performer, metrics, rooms })

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
    street,
    duties,
    commands: [
      createManager(accounts, languages),
      statusCommand(outside, rooms),
      backupCommand({ engine, keys, recipient: outside.backupRecipient, keepDays: retention.backup }),
      erasuresCommand,
      restoreCommand,
      makeBackupKeyCommand,
      moveCommand,
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
