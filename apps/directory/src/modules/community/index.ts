import type { Clock, Locale } from '@parley/kernel'
import type { Html, Route } from '@parley/web'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { changeMissionAct, changeMissionForm, changeMissionPage } from './change-mission.ts'
import { competentAuthorityForm, contactForm, contactPage } from './change-contact.ts'
import type { Community } from './community.ts'
import {
  declineRequestForm,
  type InviteMission,
  issueRequestAct,
  issueRequestForm,
  requestPage,
  verifyRequestForm,
} from './decide-access-request.ts'
import { leaveForm, leavePage } from './leave.ts'
import { statesPage } from './list-states.page.ts'
import { decisionsAboutState } from './decide-about-state.ts'
import { text } from './locales/index.ts'
import { recordRequestForm, recordRequestPage } from './record-access-request.ts'
import type { PublicContact } from './public-contact.ts'
import { weaknessPage } from './report-weakness.page.ts'
import {
  accessibilityRoute,
  contactRoute,
  joinRoute,
  overviewRoute,
  privacyRoute,
  statesRoute,
  weaknessRoute,
} from './routes.ts'
import { accessibilityPage } from './show-accessibility.page.ts'
import { howToJoinPage, type LettersToPrint } from './show-how-to-join.page.ts'
import { type Announcement, overviewPage } from './show-overview.page.ts'
import { countParticipating } from './participation.ts'
import { privacyPage } from './show-privacy.page.ts'
import { type StateSection, statePage } from './show-state.page.ts'
import { wellKnown } from './well-known.ts'

export { listParticipatingMembers } from './participating-members.ts'
export { type Community, folderOfProfile, loadCommunity } from './community.ts'
export { countOpenRequests } from './access-requests.ts'
export { findFrozen, frozenSince, listFrozen } from './decisions.ts'
export { DecisionTaken, StateLeft } from './events.ts'
export { tellMissionOfDecision } from './tell-mission.mail.ts'
export { authorityFields, authorityValues } from './change-contact.ts'
export { missionFields } from './change-mission.ts'
export { leaveFields } from './leave.ts'
export { findCompetentAuthority, findMission, saveCompetentAuthority, saveMission } from './mission.ts'
export { accessRequestFields } from './record-access-request.ts'
export { type PublicContact, writeTo } from './public-contact.ts'
export type { Profile } from './profile.ts'
export { overviewRoute, statesRoute } from './routes.ts'
export type { Organization } from './states.ts'
export { WrongProfile } from './wrong-profile.ts'
export {
  countParticipating,
  areParticipating,
  isParticipating,
  listParticipating,
  startParticipation,
  takesPart,
} from './participation.ts'

/** What compose.ts brings from other rooms. */
export interface CommunityNeighbours {
  readonly contact: PublicContact
  readonly clock: Clock
  readonly checkpointRoute: Route<'/checkpoint'>
  /** What other rooms tell the public on the overview page. */
  readonly announcements: readonly Announcement[]
  readonly inviteMission: InviteMission
  readonly letters: LettersToPrint & {
    /** Says which letter a form of the directory manager is entered from. */
    readonly enteredFrom: (locale: Locale, letter: 'access' | 'contact') => Html
  }
  /** Panels of other modules on the manager's page of a State, in order. */
  readonly sections: readonly StateSection[]
}

export function communityRoom(
  community: Community,
  dual: DualControl,
  neighbours: CommunityNeighbours,
): Room {
  const {
    announcements,
    checkpointRoute,
    clock,
    contact: publicly,
    inviteMission,
    letters,
    sections,
  } = neighbours
  const record = recordRequestPage(community, (locale) => letters.enteredFrom(locale, 'access'))
  const request = requestPage(community)
  const contact = contactPage(community.profile.languages)
  const leave = leavePage(community)
  const issueAct = issueRequestAct(community, inviteMission)
  const missionAct = changeMissionAct(community)
  const mission = changeMissionPage(community, (locale) => letters.enteredFrom(locale, 'contact'))
  const decisions = decisionsAboutState(community, dual)
  return {
    name: 'community',
    status: async (tx) => [`Participating States: ${await countParticipating(tx)}`],
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [
      overviewPage(community, publicly, checkpointRoute, announcements),
      howToJoinPage(community, publicly, letters),
      privacyPage(community, publicly),
      accessibilityPage(publicly),
      weaknessPage(publicly),
      statesPage(community),
      statePage(community, sections),
      record,
      request,
      contact,
      leave,
      mission,
      ...decisions.pages,
    ],
    forms: [
      recordRequestForm(community, record),
      verifyRequestForm(community, request),
      issueRequestForm(dual, issueAct, request),
      declineRequestForm(community, request),
      contactForm(community.profile.languages, contact),
      competentAuthorityForm(contact),
      leaveForm(leave),
      changeMissionForm(community, dual, missionAct, mission),
      ...decisions.forms,
    ],
    dualActs: [issueAct, missionAct, ...decisions.acts],
    street: wellKnown(
      community.profile,
      publicly,
      clock,
      [overviewRoute, joinRoute, privacyRoute, accessibilityRoute, weaknessRoute, checkpointRoute],
      letters.route,
    ),
    footer: [
      {
        route: overviewRoute,
        verb: 'community.overview.read',
        label: (locale) => text(locale)('menu.about'),
      },
      { route: joinRoute, verb: 'community.public.read', label: (locale) => text(locale)('menu.join') },
      { route: privacyRoute, verb: 'community.public.read', label: (locale) => text(locale)('menu.privacy') },
      {
        route: accessibilityRoute,
        verb: 'community.public.read',
        label: (locale) => text(locale)('menu.accessibility'),
      },
    ],
    menu: [
      {
        route: statesRoute,
        verb: 'community.states.read',
        label: (locale) => text(locale)('menu.states'),
      },
      {
        route: contactRoute,
        verb: 'community.contact.change',
        label: (locale) => text(locale)('menu.contact'),
      },
    ],
  }
}
