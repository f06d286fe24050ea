import { parseId, parseStateCode, type StateCode } from '@parley/kernel'
import {
  AccessSuspended,
  mailInvitation,
  type MailNeeds,
  mailNewUser,
  mailSignInChanged,
  mailStillHere,
  mailSuspended,
  PersonInvited,
  PersonJoined,
  SignInChanged,
  StillHereAsked,
} from './modules/accounts/index.ts'
import { hears, type Subscriptions } from './platform/outbox/outbox.ts'
import {
  CheckAcknowledged,
  type Checks,
  EntryNamedInstead,
  PhoneAnswerDenied,
  RemarkMade,
  RoundClosed,
  TestMessageAsked,
} from './modules/checks/index.ts'
import { mailApprovalAsked, mailSecondPersonAsked } from './modules/approvals/index.ts'
import { DecisionTaken, StateLeft, tellMissionOfDecision } from './modules/community/index.ts'
import { ApprovalAsked } from './platform/dual-control/dual-control.ts'
import { SecondPersonAsked } from './platform/dual-control/two-person-rule.ts'
import {
  AddressAnswered,
  AddressChanged,
  ChangeDecided,
  ChangeDisputed,
  ContactReplaced,
  DelegationChanged,
  type DirectoryListeners,
  DisputeWaits,
  EntryAdded,
  EntryChanged,
  EntryChangedOnBehalf,
  EntryWithdrawn,
  KeyAdded,
  KeyExpires,
  ListRightChanged,
  OfferMade,
  PersonNamed,
  type withdrawWithState,
} from './modules/directory/index.ts'
import {
  type TellMissionNeeds,
  tellMissionOfSuspension,
  tellMissionOfToken,
  TokenIssued,
  TokenSuspended,
} from './modules/tokens/index.ts'

export interface Hearers {
  readonly checks: Checks['hear']
  readonly directory: DirectoryListeners & {
    readonly withdrawWithState: ReturnType<typeof withdrawWithState>
  }
  readonly accounts: MailNeeds
  readonly community: Parameters<typeof tellMissionOfDecision>[0]
  readonly tokens: TellMissionNeeds & {
    readonly endOfState: (state: StateCode, now: Date) => Promise<void>
  }
}

/** Every event and who hears it: a total map, with an empty list when nobody does. */
export function subscriptions({ checks, directory, accounts, community, tokens }: Hearers): Subscriptions {
  const updated = (payload: { readonly state: string }) => acted(payload, 'updated')
  const acted = async (payload: { readonly state: string }, by: 'updated' | 'confirmed' | 'left') => {
    const state = parseStateCode(payload.state)
    if (state) await checks.stateActed(state, by)
  }
  return {
    [CheckAcknowledged.eventName]: [
      hears(CheckAcknowledged, 'directory.note-answered', async ({ entry, address, by, relation, at }) => {
        const id = parseId<'entry'>(entry)
        // An answer by telephone, by a typed code or from elsewhere proves receipt and confirms no address.
        const proven =
          by === 'button' || relation === 'same-address' ? parseId<'address'>(address) : undefined
        const answered = {
          address: proven,
          rung: 'answered',
          at: new Date(at),
          month: at.slice(0, 7),
        } as const
        if (id) await directory.answered({ entry: id, ...answered })
      }),
      hears(CheckAcknowledged, 'checks.tell-mission-of-elsewhere', async (payload, delivery) => {
        if (payload.relation === 'elsewhere') await checks.answeredFromElsewhere(payload, delivery)
      }),
    ],
    [RemarkMade.eventName]: [
      hears(RemarkMade, 'checks.remark', async (payload, delivery) => {
        if (payload.remark === 'correct') await acted(payload, 'confirmed')
        else await checks.somethingWrong(payload, delivery)
      }),
      hears(RemarkMade, 'directory.note-confirmed', async ({ remark, entry, address, at }) => {
        const [id, confirmed] = [parseId<'entry'>(entry), parseId<'address'>(address)]
        if (remark === 'correct' && id && confirmed && at !== '')
          await directory.answered({ entry: id, address: confirmed, rung: 'confirmed', at: new Date(at) })
      }),
    ],
    [EntryNamedInstead.eventName]: [
      hears(EntryNamedInstead, 'checks.tell-mission-of-instead', (payload, delivery) =>
        checks.namedInstead(payload, delivery),
      ),
    ],
    [PhoneAnswerDenied.eventName]: [
      hears(PhoneAnswerDenied, 'directory.note-denied', async ({ entry, month, earlier }) => {
        const id = parseId<'entry'>(entry)
        if (id) await directory.answerDenied({ entry: id, month, earlier })
      }),
      hears(PhoneAnswerDenied, 'checks.follow-up-denied', async ({ check }) => {
        const id = parseId<'check'>(check)
        if (id) await checks.answerDenied(id)
      }),
      hears(PhoneAnswerDenied, 'checks.tell-mission-of-denied', (payload, delivery) =>
        checks.phoneAnswerDenied(payload, delivery),
      ),
    ],
    [ApprovalAsked.eventName]: [mailApprovalAsked(accounts)],
    [SecondPersonAsked.eventName]: [mailSecondPersonAsked(accounts)],
    [DecisionTaken.eventName]: [tellMissionOfDecision(community)],
    [PersonInvited.eventName]: [mailInvitation(accounts)],
    [PersonJoined.eventName]: [mailNewUser(accounts)],
    [SignInChanged.eventName]: [mailSignInChanged(accounts)],
    [AccessSuspended.eventName]: [mailSuspended(accounts)],
    [StillHereAsked.eventName]: [mailStillHere(accounts)],
    [RoundClosed.eventName]: [],
    [TestMessageAsked.eventName]: [hears(TestMessageAsked, 'checks.send-test', checks.sendTest)],
    [TokenIssued.eventName]: [tellMissionOfToken(tokens)],
    [TokenSuspended.eventName]: [tellMissionOfSuspension(tokens)],
    [EntryAdded.eventName]: [
      hears(EntryAdded, 'checks.state-updated', updated),
      hears(EntryAdded, 'directory.tell-users', directory.tellUsers),
    ],
    [EntryChanged.eventName]: [hears(EntryChanged, 'checks.state-updated', updated)],
    [EntryWithdrawn.eventName]: [
      hears(EntryWithdrawn, 'checks.state-updated', updated),
      hears(EntryWithdrawn, 'checks.withdraw-entry', async ({ entry }) => {
        const id = parseId<'entry'>(entry)
        if (id) await checks.entryWithdrawn(id)
      }),
    ],
    [EntryChangedOnBehalf.eventName]: [
      hears(EntryChangedOnBehalf, 'directory.tell-mission', directory.tellMissionOnBehalf),
    ],
    [ListRightChanged.eventName]: [
      hears(ListRightChanged, 'directory.tell-list-right', directory.tellListRight),
    ],
    [KeyAdded.eventName]: [hears(KeyAdded, 'directory.tell-users-of-key', directory.tellUsers)],
    [KeyExpires.eventName]: [
      hears(KeyExpires, 'directory.tell-mission-of-key', directory.tellMissionOfKey),
      hears(KeyExpires, 'directory.tell-poc-of-key', directory.tellPocOfKey),
    ],
    [OfferMade.eventName]: [
      hears(OfferMade, 'directory.tell-mission-of-offer', directory.tellMissionOfOffer),
    ],
    [PersonNamed.eventName]: [hears(PersonNamed, 'directory.tell-person', directory.tellNamedPerson)],
    [DelegationChanged.eventName]: [
      hears(DelegationChanged, 'directory.tell-delegate', directory.tellDelegate),
    ],
    [ContactReplaced.eventName]: [
      hears(ContactReplaced, 'directory.warn-old-address', directory.warnOldAddress),
    ],
    [ChangeDisputed.eventName]: [
      hears(ChangeDisputed, 'directory.call-for-dispute', directory.callForDispute),
    ],
    [DisputeWaits.eventName]: [hears(DisputeWaits, 'directory.remind-of-dispute', directory.remindOfDispute)],
    [ChangeDecided.eventName]: [hears(ChangeDecided, 'directory.note-decided', directory.changeDecided)],
    [AddressChanged.eventName]: [hears(AddressChanged, 'directory.verify-address', directory.verifyAddress)],
    [AddressAnswered.eventName]: [
      hears(AddressAnswered, 'directory.note-answered', directory.addressAnswered),
    ],
    [StateLeft.eventName]: [
      hears(StateLeft, 'checks.state-left', (payload) => acted(payload, 'left')),
      hears(StateLeft, 'directory.withdraw-entries', async (payload) => {
        const state = parseStateCode(payload.state)
        if (state) await directory.withdrawWithState(state)
      }),
      hears(StateLeft, 'tokens.end', async (payload) => {
        const state = parseStateCode(payload.state)
        if (state) await tokens.endOfState(state, tokens.clock.now())
      }),
    ],
  }
}
