import { clientScript } from '@parley/web'
import type { Performer } from '../../platform/action.ts'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { openLimits } from '../../platform/limits.ts'
import type { Room } from '../../room.ts'
import { acceptInvitationForms, acceptInvitationPage } from './accept-invitation.page.ts'
import { authority } from './authority.ts'
import { changePasswordForm, changePasswordPage } from './change-password.page.ts'
import { chooseRoleForm, chooseRolePage } from './choose-role.page.ts'
import { handOverForm, handOverPage } from './hand-over.page.ts'
import { accountsErasers, forgetDuty, forgetFormsDuty } from './forget.ts'
import type { AccountsNeeds, House } from './house.ts'
import { text } from './locales/index.ts'
import { myAccountPage } from './my-account.page.ts'
import { ownMeansForms } from './my-means.ts'
import { ownSessionForms } from './my-sessions.ts'
import { openPasswordRules } from './password.ts'
import { proveForms, provePage } from './prove.page.ts'
import { endManagerAct, inviteManagerAct } from './managers.ts'
import { managersForms, managersPage } from './managers.page.ts'
import { readmitAct, readmitForm, readmitPage } from './readmit.page.ts'
import { replaceAppForm, replaceAppPage } from './replace-app.page.ts'
import { managersRoute, ourUsersRoute } from './routes.ts'
import { stillHereDuty, stillHereForm } from './still-here.ts'
import { suspendForms, suspendPage } from './suspend.page.ts'
import { suspendStateForms, suspendStatePage } from './suspend-state.page.ts'
import { signInForms, signInPage } from './sign-in.page.ts'
import { signOutForm } from './sign-out.ts'
import { stayForm } from './stay.ts'
import { userActs } from './user-acts.ts'
import { usersPages } from './users.page.ts'

export { listAddressees, listPocs, pocSince } from './addressees.ts'
export { invitationLasts } from './invitation.ts'
export { admitPerson } from './admit-person.ts'
export { keepSession, sessionCookieName } from './cookie.ts'
export { createFirstManager } from './create-first-manager.ts'
export { endUsersOfState } from './end-users-of-state.ts'
export { AccessSuspended, PersonInvited, PersonJoined, SignInChanged, StillHereAsked } from './events.ts'
export { findAccount, findAccountByAddress } from './find-account.ts'
export { type Holding, holdingNamed, nameOfHolding } from './holding.ts'
export type { AccountsNeeds } from './house.ts'
export { invite } from './invite-person.ts'
export { openKeptForms } from './keep-form.ts'
export { countManagers, listManagers } from './list-managers.ts'
export {
  mailInvitation,
  mailNewUser,
  type MailNeeds,
  mailSignInChanged,
  mailStillHere,
  mailSuspended,
} from './listeners.ts'
export { proofNotice, requireProof } from './proof.ts'
export { holdingName, roleName } from './role-name.ts'
export { myAccountRoute, ourUsersRoute, signInRoute, signOutRoute, suspendStateRoute } from './routes.ts'
export { countOthersOfMission, listUsers } from './users.ts'
export { secondPersonNotice } from './second-person.ts'
export { beginSession, openDoorkeeper, type Person } from './session.ts'
export { invitationFields, usersSection } from './users.page.ts'
export { openSessionNote } from './session-note.ts'
export { findSuspension, keptOut, listSuspendedStates, mayBegin } from './suspend.ts'
export { suspensionSection } from './suspend-state.page.ts'
export { decideSuspension, suspensionFields, suspensionInputs, type Suspending } from './suspension-fields.ts'
export { text as accountsText } from './locales/index.ts'

export function accountsRoom(
  needs: AccountsNeeds,
  performer: Performer,
  { dual, rule }: { readonly dual: DualControl; readonly rule: TwoPersonRule },
): Room {
  const passkeyScript = clientScript(new URL('passkey.client.ts', import.meta.url))
  const house: House = { ...needs, limits: openLimits(needs.clock), passkeyScript }
  const rules = openPasswordRules(needs.members.states.flatMap(({ names }) => Object.values(names)))
  const signIn = signInPage(house)
  const accept = acceptInvitationPage(house)
  const choose = chooseRolePage(house)
  const prove = provePage(house)
  const mine = myAccountPage(house)
  const changingPassword = changePasswordPage()
  const replacingApp = replaceAppPage(house)
  const ofUsers = userActs(house)
  const users = usersPages(house, rule, ofUsers)
  const handOver = handOverPage(house, rule)
  const managers = managersPage(house, dual)
  const suspending = suspendPage(house)
  const suspendingState = suspendStatePage(house)
  const readmit = readmitPage(house)
  const acts = { invited: inviteManagerAct(house), ended: endManagerAct() }
  const readmitted = readmitAct(house)
  return {
    name: 'accounts',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [
      signIn,
      accept,
      choose,
      prove,
      mine,
      changingPassword,
      replacingApp,
      ...users.pages,
      handOver,
      managers,
      suspending,
      suspendingState,
      readmit,
    ],
    forms: [
      ...signInForms(house, signIn),
      signOutForm(needs.origin, signIn),
      ...acceptInvitationForms(house, rules, accept),
      chooseRoleForm(house, choose),
      ...proveForms(house, prove),
      ...ownMeansForms(house, mine),
      changePasswordForm(house, rules, changingPassword),
      replaceAppForm(house, replacingApp),
      ...ownSessionForms(mine),
      stayForm(mine),
      ...users.forms,
      handOverForm(house, rule, ofUsers, handOver),
      stillHereForm(users.ours),
      ...managersForms(house, dual, acts, managers),
      ...suspendForms(suspending),
      ...suspendStateForms(house, suspendingState),
      readmitForm(house, dual, readmitted, readmit),
    ],
    dualActs: [acts.invited, acts.ended, readmitted],
    ownActs: [ofUsers.invited, ofUsers.ended, ofUsers.handedOver],
    menu: [
      { route: managersRoute, verb: 'accounts.managers', label: (locale) => text(locale)('managers.menu') },
      { route: ourUsersRoute, verb: 'accounts.our-users', label: (locale) => text(locale)('users.menu') },
    ],
    duties: [
      forgetDuty(needs.database, needs.retention),
      forgetFormsDuty(needs.database),
      stillHereDuty(performer),
    ],
    erasers: accountsErasers,
    assets: [passkeyScript],
  }
}
