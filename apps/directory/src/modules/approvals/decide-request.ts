import { refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { done, type Done } from '../../platform/action.ts'
import type { ActScope, Next, WaitingAct } from '../../platform/dual-control/dual-act.ts'
import { decideRequest, findRequest, type Request } from '../../platform/dual-control/requests.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { requireProof } from '../accounts/index.ts'
import { approvalsRoute, approveRoute, declineRoute, withdrawRequestRoute } from './routes.ts'
import { unknownRequest } from './show-request.page.ts'

/** The second manager approves, and the act is done in the same transaction; or declines; the first withdraws. */
export function decideForms(acts: readonly WaitingAct[], on: DirectoryPage): readonly DirectoryForm[] {
  const verb = 'approvals.decide'
  const fields = z.object({})
  return [
    form({
      route: approveRoute,
      verb,
      fields,
      on,
      act: (scope) => approve(acts, scope),
      next: (_, to) => to,
    }),
    form({
      route: declineRoute,
      verb,
      fields,
      on,
      act: (scope) => turnDown(scope, 'declined'),
      next: toList,
    }),
    form({
      route: withdrawRequestRoute,
      verb,
      fields,
      on,
      act: (scope) => turnDown(scope, 'withdrawn'),
      next: toList,
    }),
  ]
}

type Scope = ActScope & { readonly params: { readonly request: string } }

function toList({ locale }: Pick<ActScope, 'locale'>): string {
  return href(locale, approvalsRoute)
}

async function approve(acts: readonly WaitingAct[], scope: Scope): Promise<Result<Done<Next>>> {
  const held = await hold(scope)
  if (!held.ok) return held
  const { request, account } = held.value
  // Two pairs of eyes: whoever asked does not also decide.
  if (request.askedBy === account) return refuse({ code: 'approvals/own-request', kind: 'forbidden' })
  const act = acts.find(({ name }) => name === request.act)
  if (!act || request.input === undefined) return refuse(unknownRequest)
  const performed = await act.perform(scope, request.input)
  if (!performed.ok) return performed
  await decideRequest(scope.tx, scope.now, request, account, 'approved')
  const { value, acts: made, events } = performed.value
  return done(value, [actOf(request, 'approved'), ...made], events)
}

async function turnDown(scope: Scope, outcome: 'declined' | 'withdrawn'): Promise<Result<Done<undefined>>> {
  const held = await hold(scope)
  if (!held.ok) return held
  const { request, account } = held.value
  const isOwn = request.askedBy === account
  if (isOwn !== (outcome === 'withdrawn')) return refuse({ code: 'approvals/own-request', kind: 'forbidden' })
  await decideRequest(scope.tx, scope.now, request, account, outcome)
  return done(undefined, [actOf(request, outcome)])
}

/** The request, if it still waits and the manager has just proved who they are. */
async function hold(
  scope: Scope,
): Promise<Result<{ readonly request: Request; readonly account: AccountId }>> {
  const { tx, now, actor, params } = scope
  const proof = requireProof(scope)
  if (!proof.ok) return proof
  const request = await findRequest(tx, now, params.request, 'hold')
  if (!request || actor.role !== 'manager') return refuse(unknownRequest)
  if (request.status !== 'waiting') return refuse({ code: 'approvals/request-over', kind: 'conflict' })
  return { ok: true, value: { request, account: actor.account } }
}

function actOf({ id, act, state, askedBy }: Request, outcome: string) {
  return {
    verb: `dual-control.${outcome}`,
    subject: `dual-control:${id}`,
    state,
    content: { act, askedBy },
  }
}
