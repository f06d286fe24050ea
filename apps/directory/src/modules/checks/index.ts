import type { Clock, Id, StateCode } from '@parley/kernel'
import { second } from '@parley/kernel'
import type { Mailbox } from '@parley/mail'
import { asDuty, type Performer } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { Post } from '../../platform/mail/post.ts'
import type { SigningKey } from '../../platform/mail/signing-key.ts'
import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import { answering } from './answer-check.page.ts'
import { authority } from './authority.ts'
import { callSheet } from './call-sheet.page.ts'
import { openRenderer } from './check.mail.ts'
import { closeRounds } from './close-rounds.ts'
import { describeRounds } from './describe-rounds.ts'
import type { CheckId } from './domain/check.ts'
import { checksErasers, forgetChecksDuty } from './forget.ts'
import { openCodeTries } from './code-tries.ts'
import { controlRoom } from './control-room.page.ts'
import { correcting } from './correct-round.page.ts'
import { followUps } from './follow-up.page.ts'
import { closeFollowUps } from './follow-up.ts'
import { openKeptFigures } from './kept-figures.ts'
import { countRound } from './round-figures.ts'
import { followUpDenied } from './follow-up-denied.ts'
import { text } from './locales/index.ts'
import { ownChecks } from './own-checks.page.ts'
import { makeReports } from './make-report.ts'
import { recordingCalls } from './record-call.page.ts'
import { openIntake, type ReceiveMail } from './receive-mail.ts'
import { followUpsRoute, ourChecksRoute, roundsRoute, typeCodeRoute } from './routes.ts'
import { reportPages } from './report.page.ts'
import { previewing } from './preview-message.page.ts'
import { rounds } from './rounds.page.ts'
import { openSender } from './send-messages.ts'
import { sendTest } from './send-test.mail.ts'
import { signingKeyPage } from './signing-key.page.ts'
import { takeMail } from './take-mail.ts'
import { tellMission } from './tell-mission.mail.ts'
import { withdrawEntry } from './withdraw-entry.ts'
import { toBeRead } from './to-be-read.page.ts'
import { totalsPage } from './totals.page.ts'

export { nextRoundNote, roundsAnnounced } from './announce-rounds.ts'
export { findNextRound } from './plan-date.ts'
export {
  CheckAcknowledged,
  EntryNamedInstead,
  PhoneAnswerDenied,
  RemarkMade,
  RoundClosed,
  TestMessageAsked,
} from './events.ts'
export { checksSection, waitingChecks } from './own-checks.page.ts'
export { isWaiting, type ReceiveMail } from './receive-mail.ts'
export { followUpsRoute, planRoute, roundRoute, toBeReadRoute } from './routes.ts'
export { countChecks } from './round-figures.ts'
export { countDueFollowUps } from './follow-up.ts'
export { findIntake } from './take-mail.ts'
export { startRound } from './start-round.ts'
export { listRounds } from './store.ts'

export interface ChecksNeeds {
  readonly performer: Performer
  readonly keys: Keys
  readonly clock: Clock
  readonly community: Community
  readonly post: Post
  readonly origin: URL
  readonly signingKey?: SigningKey | undefined
  /** Where answers come in by mail; without one, they come only as they are handed to `receive`. */
  readonly mailbox?: Mailbox | undefined
}

export interface Checks {
  readonly room: Room
  /** Hands in one mail, as it came over the wire. */
  readonly receive: ReceiveMail
  /** What this module does about what others tell. */
  readonly hear: {
    /** A State that brings its entries up to date, confirms them, or leaves, ends its follow-ups by that. */
    stateActed(state: StateCode, by: 'updated' | 'confirmed' | 'left'): Promise<void>
    /** Nothing more is sent to an entry that its State withdrew, and its silence is followed up no more. */
    entryWithdrawn(entry: Id<'entry'>): Promise<void>
    answeredFromElsewhere: ReturnType<typeof tellMission>
    somethingWrong: ReturnType<typeof tellMission>
    sendTest: ReturnType<typeof sendTest>
    phoneAnswerDenied: ReturnType<typeof tellMission>
    /** What a denied answer leaves of a closed round is silence. */
    answerDenied(check: CheckId): Promise<void>
    namedInstead: ReturnType<typeof tellMission>
  }
}

export function openChecks(needs: ChecksNeeds): Checks {
  const { performer, keys, clock, community, post, origin, signingKey, mailbox } = needs
  const receive = openIntake(performer, keys)
  const kept = openKeptFigures((round) =>
    performer.database.transaction({ role: 'manager' }, (tx) => countRound(tx, round)),
  )
  const room = controlRoom(community, kept)
  const parts = [
    answering(keys, community, openCodeTries(clock)),
    rounds({ keys, community, pace: post.pace }),
    previewing(needs),
    correcting(needs),
    room,
    callSheet(community),
    recordingCalls(keys, community),
    followUps(community),
    ownChecks(community),
    { pages: [...reportPages(community), totalsPage(community), signingKeyPage(signingKey)], forms: [] },
    toBeRead({ keys, community, mailbox }),
  ]
  const sender = openSender({
    database: performer.database,
    clock,
    send: (mail, mayLeave) => post.outbound.send(mail, mayLeave),
    render: openRenderer({ keys, community, post, origin, signingKey }),
    lanes: post.connections,
    isPaced: post.pace !== undefined,
  })
  return {
    receive,
    room: {
      name: 'checks',
      status: describeRounds,
      migrations: new URL('migrations/', import.meta.url),
      authority,
      text,
      pages: parts.flatMap((part) => part.pages),
      forms: parts.flatMap((part) => part.forms),
      lives: room.lives,
      assets: room.assets,
      menu: [
        { route: roundsRoute, verb: 'checks.rounds.read', label: (locale) => text(locale)('menu.rounds') },
        {
          route: followUpsRoute,
          verb: 'checks.follow-up.read',
          label: (locale) => text(locale)('menu.follow-ups'),
        },
        { route: ourChecksRoute, verb: 'checks.own.read', label: (locale) => text(locale)('menu.own') },
      ],
      footer: [
        { route: typeCodeRoute, verb: 'checks.check.answer', label: (locale) => text(locale)('menu.answer') },
      ],
      erasers: checksErasers,
      duties: [
        { name: 'send-messages', every: second, shared: true, run: () => sender.sendDue() },
        forgetChecksDuty(performer.database, community.profile),
        {
          name: 'close-rounds',
          every: 15 * second,
          run: async (now) => {
            await closeRounds(performer, now)
            await makeReports(performer, community, now)
          },
        },
        ...(mailbox
          ? takeMail({ mailbox, receive, database: performer.database, profile: community.profile })
          : []),
      ],
    },
    hear: {
      stateActed: async (state, by) => {
        await performer.perform(asDuty('close-follow-ups', clock.now()), (scope) =>
          closeFollowUps(scope, state, by),
        )
      },
      entryWithdrawn: async (entry) => {
        await performer.perform(asDuty('withdraw-entry', clock.now()), (scope) => withdrawEntry(scope, entry))
      },
      answeredFromElsewhere: tellMission(needs, 'elsewhere'),
      somethingWrong: tellMission(needs, 'remark'),
      sendTest: sendTest(needs),
      phoneAnswerDenied: tellMission(needs, 'denied'),
      answerDenied: async (check) => {
        await performer.perform(asDuty('follow-up-denied', clock.now()), (scope) =>
          followUpDenied(scope, check),
        )
      },
      namedInstead: tellMission(needs, 'instead'),
    },
  }
}
