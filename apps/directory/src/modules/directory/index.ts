import type { Locale } from '@parley/kernel'
import { type Html, nothing } from '@parley/web'
import type { Performer } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import type { Room } from '../../room.ts'
import type { Community } from '../community/index.ts'
import { newEntryForm, newEntryPage } from './add-entry.page.ts'
import { answerAddressForm, answerAddressPage } from './answer-address.page.ts'
import { authority } from './authority.ts'
import { changeEntryForm, changeEntryPage } from './change-entry.page.ts'
import { changeKeyForm, changeKeyPage } from './change-key.page.ts'
import { decideChangeForm, decideChangePage } from './decide-change.page.ts'
import { delegatesForm, delegatesPage } from './delegate-entries.page.ts'
import { disputeForm, disputePage } from './dispute-change.page.ts'
import { directoryErasers, eraseWithdrawnDuty } from './erase-withdrawn.ts'
import { exportCommand } from './export.command.ts'
import { counterpartsPage } from './counterparts.page.ts'
import { giveListRightForm, giveListRightPage } from './give-list-right.page.ts'
import { takeListForm, takeListPage } from './take-list.page.ts'
import type { CardLimit } from './card-limit.ts'
import type { CardViews } from './card-views.ts'
import { foldEntriesDuty } from './fold-entries.ts'
import { restoreWithStateDuty } from './follow-participation.ts'
import { findPage, type OnTop } from './find.page.ts'
import type { EnteredFrom } from './letter-fields.ts'
import {
  acceptForStateAct,
  acceptForStateForm,
  acceptForStatePage,
  waitingProposalsPage,
} from './import-entries/accept-for-state.page.ts'
import { importCommand } from './import-entries/import.command.ts'
import { importForms, importPage } from './import-entries/import.page.ts'
import { eraseProposalsDuty } from './import-entries/proposals.ts'
import { newOfferPage, offerForms, offersPage } from './offer-nomination/offers.page.ts'
import { proposalForms, proposalsPage } from './import-entries/proposals.page.ts'
import { text } from './locales/index.ts'
import { entryActs } from './own-acts/entry-acts.ts'
import { acceptanceAct, delegationAct } from './own-acts/further-acts.ts'
import { keyActs } from './own-acts/key-acts.ts'
import { removeKeyForm, removeKeyPage } from './remove-key.page.ts'
import { eraseExportsDuty, managersExportAct } from './managers-export.ts'
import { managersExportForms, managersExportPage } from './managers-export.page.ts'
import { changesRoute, findRoute, offersRoute, ourStateRoute } from './routes.ts'
import { changesPage } from './show-changes.page.ts'
import { cardPage, type StartInquiry } from './show-card.page.ts'
import { ourStatePage } from './show-our-state.page.ts'
import { statePage } from './show-state.page.ts'
import { keyFilePage } from './take-key.page.ts'
import { entryVcardPage } from './take-vcard.page.ts'
import { watchDisputesDuty } from './watch-disputes.ts'
import { watchKeysDuty } from './watch-keys.ts'
import { confirmEntryForm, withdrawEntryForm, withdrawEntryPage } from './withdraw-entry.page.ts'

export { entriesSection } from './show-our-state.page.ts'
export { addEntry } from './add-entry.ts'
export { setKey } from './change-key.ts'
export { readKey } from './read-key.ts'
export { type EntryKey } from './domain/key.ts'
export { type Card, changedOn, isDisputedOn } from './domain/card.ts'
export { type AddressContent, type Entry, type EntryContent, withoutCardOnly } from './domain/entry.ts'
export { showLadder } from './ladder.ts'
export { noteAnswered } from './note-answered.ts'
export { spokenBy } from './domain/languages.ts'
export { bodyOfEntry } from './entry-fields.ts'
export { entryToVcard } from './entry-vcard.ts'
export {
  AddressAnswered,
  AddressChanged,
  ChangeDecided,
  ChangeDisputed,
  ContactReplaced,
  DelegationChanged,
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
} from './events.ts'
export { withdrawWithState } from './follow-participation.ts'
export { changeFields, nominationFields, withdrawalFields } from './letter-fields.ts'
export { type DirectoryListeners, openListeners } from './listeners.ts'
export { type EntryPosition, listPage } from './list-page.ts'
export { useWholeList } from './list-right.ts'
export { findReadableCard, readableStates } from './readers.ts'
export { changesRoute, entryRoute, findRoute, findStateRoute, ourStateRoute } from './routes.ts'
export { sharedDirectories } from './shared-directories.ts'
export { type CardLimit, openCardLimit } from './card-limit.ts'
export { openCardViews } from './card-views.ts'
export { listDisputedIn, listOwnCards } from './store/card.ts'
export { findEntry, listEntries, listSharedAddresses } from './store/entries.ts'
export { listAnsweredOnce } from './store/answered-once.ts'
export { listKeysIn } from './store/keys.ts'
export { listGone } from './store/gone.ts'
export { listStandings } from './store/standing.ts'
export { entryName } from './write-entry.ts'
export { listDisputed } from './store/changes.ts'

/** What the start pages show of other rooms: given by compose.ts, which knows them. */
export interface Neighbours {
  /** On top of a POC's and a Mission's start page: an open check. */
  readonly onTop?: OnTop
  /** At the end of a Mission's start page: ways to other rooms. */
  readonly further?: (locale: Locale) => Html
  /** Which letter a form is entered from. */
  readonly enteredFrom?: EnteredFrom
  /** On the card of another State's entry: to write to it. */
  readonly startInquiry?: StartInquiry
}

export function directoryRoom(
  community: Community,
  performer: Performer,
  keys: Keys,
  { dual, rule }: { readonly dual: DualControl; readonly rule: TwoPersonRule },
  cards: { readonly views: CardViews; readonly limit: CardLimit },
  neighbours: Neighbours = {},
): Room {
  const {
    onTop = async () => nothing,
    further = () => nothing,
    enteredFrom = () => nothing,
    startInquiry,
  } = neighbours
  const acts = entryActs(community)
  const ofKeys = keyActs(community)
  const accepted = acceptanceAct(community)
  const { views, limit } = cards
  const card = cardPage(community, views, limit, startInquiry)
  const newEntry = newEntryPage(community, rule, enteredFrom)
  const change = changeEntryPage(community, rule, enteredFrom)
  const withdraw = withdrawEntryPage(community, rule, enteredFrom)
  const changeKey = changeKeyPage(community, rule)
  const removeKey = removeKeyPage(community, rule)
  const dispute = disputePage()
  const takeList = takeListPage()
  const giveListRight = giveListRightPage()
  const decide = decideChangePage(community)
  const answerAddress = answerAddressPage()
  const delegates = delegatesPage(community, rule)
  const bring = importPage(community, rule)
  const proposals = proposalsPage(community, rule)
  const acceptForState = acceptForStatePage(community)
  const exports = managersExportPage(community)
  const [offers, newOffer] = [offersPage(community), newOfferPage(community)]
  return {
    name: 'directory',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    // The new entry stands before the card: `/entries/new` is no entry's address.
    pages: [
      newEntry,
      card,
      entryVcardPage(community, limit),
      change,
      withdraw,
      changeKey,
      removeKey,
      keyFilePage(limit),
      dispute,
      decide,
      answerAddress,
      changesPage(community),
      delegates,
      bring,
      // The list of all stands before one of them: `waiting` is no proposal's address.
      waitingProposalsPage(community),
      proposals,
      acceptForState,
      exports,
      offers,
      newOffer,
      findPage(community, onTop),
      counterpartsPage(community, limit),
      takeList,
      giveListRight,
      statePage(community, limit),
      ourStatePage(community, onTop, further),
    ],
    forms: [
      newEntryForm(rule, acts, newEntry),
      changeEntryForm(rule, acts, change),
      withdrawEntryForm(rule, acts, withdraw),
      confirmEntryForm(card),
      changeKeyForm(rule, ofKeys, changeKey),
      removeKeyForm(rule, ofKeys, removeKey),
      disputeForm(keys, dispute),
      decideChangeForm(community, decide),
      answerAddressForm(keys, answerAddress),
      delegatesForm(rule, delegates),
      ...importForms(community, rule, acts, bring),
      ...proposalForms(rule, accepted, proposals),
      acceptForStateForm({ community, dual }, acceptForState),
      ...managersExportForms({ community, performer, dual }, exports),
      ...offerForms(community, { offers, newOffer }),
      takeListForm({ community, performer }, takeList),
      giveListRightForm(giveListRight),
    ],
    ownActs: [acts.added, acts.changed, acts.withdrawn, ofKeys.set, ofKeys.removed, delegationAct, accepted],
    menu: [
      {
        route: ourStateRoute,
        verb: 'directory.our-state.read',
        label: (locale) => text(locale)('menu.our-state'),
      },
      {
        route: changesRoute,
        verb: 'directory.changes.read',
        label: (locale) => text(locale)('changes.title'),
      },
      { route: offersRoute, verb: 'directory.offer', label: (locale) => text(locale)('offers.title') },
      { route: findRoute, verb: 'directory.find', label: (locale) => text(locale)('menu.find') },
    ],
    duties: [
      eraseWithdrawnDuty(community.profile, performer),
      restoreWithStateDuty(performer),
      foldEntriesDuty(performer.database),
      views.duty,
      watchKeysDuty(performer),
      watchDisputesDuty(community.profile, performer),
      eraseProposalsDuty(performer),
      eraseExportsDuty(performer),
    ],
    dualActs: [acceptForStateAct(community), managersExportAct(community)],
    commands: [importCommand(community), exportCommand(community)],
    erasers: directoryErasers,
  }
}
