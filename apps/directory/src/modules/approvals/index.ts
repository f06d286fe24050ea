import type { Performer } from '../../platform/action.ts'
import type { WaitingAct } from '../../platform/dual-control/dual-act.ts'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { managers, ofState } from './circle.ts'
import { decideForms } from './decide-request.ts'
import { eraseRequestsDuty, lapseRequestsDuty } from './lapse-requests.ts'
import { listRequestsPage } from './list-requests.page.ts'
import { text } from './locales/index.ts'
import { ourApprovalsPage } from './our-approvals.page.ts'
import { ownRuleAct, ownRuleForm } from './own-rule.ts'
import { approvalsRoute } from './routes.ts'
import { requestPage } from './show-request.page.ts'
import { switchCommand } from './switch.command.ts'
import { switchForms, switchOffAct } from './switch.ts'

export { mailApprovalAsked, mailSecondPersonAsked } from './ask-second.mail.ts'
export { toOurApprovals, waitingForSecond } from './our-approvals.page.ts'
export { approvalsRoute } from './routes.ts'

/** What the rooms let two people do together: managers for the community, and those of one State for it. */
export interface ActsOfRooms {
  readonly ofManagers: readonly WaitingAct[]
  readonly ofStates: readonly WaitingAct[]
}

export function approvalsRoom(
  performer: Performer,
  { dual, rule }: { readonly dual: DualControl; readonly rule: TwoPersonRule },
  rooms: ActsOfRooms,
): Room {
  const acts = [...rooms.ofManagers, switchOffAct]
  const ours = [...rooms.ofStates, ownRuleAct]
  const request = requestPage(managers, acts)
  const list = listRequestsPage(dual, acts)
  const ourRequest = requestPage(ofState, ours)
  const ourList = ourApprovalsPage(rule, ours)
  return {
    name: 'approvals',
    authority,
    text,
    pages: [list, request, ourList, ourRequest],
    forms: [
      ...switchForms(dual, list),
      ...decideForms(managers, acts, request),
      ownRuleForm(rule, ourList),
      ...decideForms(ofState, ours, ourRequest),
    ],
    menu: [
      { route: approvalsRoute, verb: 'approvals.read', label: (locale) => text(locale)('approvals.title') },
    ],
    commands: [switchCommand],
    duties: [lapseRequestsDuty(performer), eraseRequestsDuty(performer)],
  }
}
