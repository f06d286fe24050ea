import type { Route } from '@parley/web'
import { approvalRoute } from '../../platform/dual-control/dual-control.ts'
import type { Among, Request } from '../../platform/dual-control/requests.ts'
import { ourApprovalRoute, ourApprovalsRoute } from '../../platform/dual-control/two-person-rule.ts'
import type { Actor } from '../../platform/session/actor.ts'
import {
  approvalsRoute,
  approveOursRoute,
  approveRoute,
  declineOursRoute,
  declineRoute,
  withdrawOursRoute,
  withdrawRequestRoute,
} from './routes.ts'

type OfRequest<End extends string> = Route<`/${'approvals' | 'our-approvals'}/:request${End}`>

/** Among whom one asks and another decides. Page and forms are the same for each. */
export interface Circle {
  /** How its lines of the history begin. */
  readonly name: 'dual-control' | 'two-person'
  /** Its requests, of whichever State, as the worker asks for them. */
  readonly whose: 'managers' | 'states'
  /** Its own sentences: the list, what waits, that whoever asked does not decide, and the mail. */
  readonly says: {
    readonly title: 'approvals.title' | 'ours.title'
    readonly waiting: 'approvals.waiting' | 'ours.waiting'
    readonly own: 'request.own' | 'ours.own'
    readonly refusal: 'approvals/own-request' | 'two-person/own-request'
    readonly mail: {
      readonly subject: 'mail.asked.subject' | 'mail.ours.subject'
      readonly what: 'mail.asked.what' | 'mail.ours.what'
    }
  }
  readonly verbs: Readonly<Record<'read' | 'decide' | 'withdraw', string>>
  readonly list: Route<'/approvals' | '/our-approvals'>
  readonly routes: {
    readonly request: OfRequest<''>
    readonly approve: OfRequest<'/approve'>
    readonly decline: OfRequest<'/decline'>
    readonly withdraw: OfRequest<'/withdraw'>
  }
  readonly amongOf: (actor: Actor) => Among | undefined
  readonly mayDecide: (actor: Actor) => boolean
}

/** The directory managers, for what the community asks two of them for. */
export const managers: Circle = {
  name: 'dual-control',
  whose: 'managers',
  says: {
    title: 'approvals.title',
    waiting: 'approvals.waiting',
    own: 'request.own',
    refusal: 'approvals/own-request',
    mail: { subject: 'mail.asked.subject', what: 'mail.asked.what' },
  },
  verbs: { read: 'approvals.read', decide: 'approvals.decide', withdraw: 'approvals.decide' },
  list: approvalsRoute,
  routes: {
    request: approvalRoute,
    approve: approveRoute,
    decline: declineRoute,
    withdraw: withdrawRequestRoute,
  },
  amongOf: ({ role }) => (role === 'manager' ? 'managers' : undefined),
  mayDecide: ({ role }) => role === 'manager',
}

/** The people of one State, under its own rule; those who act for its Mission decide. */
export const ofState: Circle = {
  name: 'two-person',
  whose: 'states',
  says: {
    title: 'ours.title',
    waiting: 'ours.waiting',
    own: 'ours.own',
    refusal: 'two-person/own-request',
    mail: { subject: 'mail.ours.subject', what: 'mail.ours.what' },
  },
  verbs: {
    read: 'approvals.ours.read',
    decide: 'approvals.ours.decide',
    withdraw: 'approvals.ours.withdraw',
  },
  list: ourApprovalsRoute,
  routes: {
    request: ourApprovalRoute,
    approve: approveOursRoute,
    decline: declineOursRoute,
    withdraw: withdrawOursRoute,
  },
  amongOf: (actor) => (actor.role === 'mission' || actor.role === 'poc' ? { state: actor.state } : undefined),
  mayDecide: ({ role }) => role === 'mission',
}

/** Whether somebody sees a request: who may decide sees all, others what they asked for themselves. */
export function isSeenBy(circle: Circle, actor: Actor, { askedBy }: Pick<Request, 'askedBy'>): boolean {
  return circle.mayDecide(actor) || ('account' in actor && actor.account === askedBy)
}
