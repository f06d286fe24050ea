import { after, day } from '@parley/kernel'
import type { Database } from '../../platform/database/database.ts'
import type { WaitingAct } from '../../platform/dual-control/dual-act.ts'
import type { DualControl } from '../../platform/dual-control/dual-control.ts'
import { eraseRequests } from '../../platform/dual-control/requests.ts'
import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { decideForms } from './decide-request.ts'
import { listRequestsPage } from './list-requests.page.ts'
import { text } from './locales/index.ts'
import { approvalsRoute } from './routes.ts'
import { requestPage } from './show-request.page.ts'
import { switchCommand } from './switch.command.ts'
import { switchForms, switchOffAct } from './switch.ts'

export { mailApprovalAsked } from './ask-managers.mail.ts'
export { approvalsRoute } from './routes.ts'

const keepFor = 30 * day

export function approvalsRoom(database: Database, dual: DualControl, ofOthers: readonly WaitingAct[]): Room {
  const acts = [...ofOthers, switchOffAct]
  const request = requestPage(acts)
  const list = listRequestsPage(dual, acts)
  return {
    name: 'approvals',
    authority,
    text,
    pages: [list, request],
    forms: [...switchForms(dual, list), ...decideForms(acts, request)],
    menu: [
      { route: approvalsRoute, verb: 'approvals.read', label: (locale) => text(locale)('approvals.title') },
    ],
    commands: [switchCommand],
    duties: [
      {
        name: 'erase-requests',
        every: day,
        erases: true,
        run: (now) =>
          database.transaction({ role: 'worker' }, (tx) => eraseRequests(tx, after(now, -keepFor))),
      },
    ],
  }
}
