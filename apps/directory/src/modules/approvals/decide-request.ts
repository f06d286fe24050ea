import { refuse, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { done, type Done } from '../../platform/action.ts'
import type { ActScope, Next, WaitingAct } from '../../platform/dual-control/dual-act.ts'
import { decideRequest, type Request } from '../../platform/dual-control/requests.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import { requireProof } from '../accounts/index.ts'
import type { Circle } from './circle.ts'
import { requestAt, unknownRequest } from './show-request.page.ts'

/** The second one approves, and the act is done in the same transaction; or declines; the first takes it back. */
export function decideForms(
  circle: Circle,
  acts: readonly WaitingAct[],
  on: DirectoryPage,
): readonly DirectoryForm[] {
  const { routes, verbs } = circle
  const fields = z.object({})
  const toList = ({ locale }: Pick<ActScope, 'locale'>) => href(locale, circle.list)
  return [
    form({
      route: routes.approve,
      verb: verbs.decide,
      fields,
      on,
      act: (scope) => approve(circle, acts, scope),
      next: (_, to) => to,
    }),
    form({
      route: routes.decline,
      verb: verbs.decide,
      fields,
      on,
      act: (scope) => turnDown(circle, scope, 'declined'),
      next: toList,
    }),
    form({
      route: routes.withdraw,
      verb: verbs.withdraw,
      fields,
      on,
      act: (scope) => turnDown(circle, scope, 'withdrawn'),
      next: toList,
    }),
  ]
}

type Scope = ActScope & { readonly params: { readonly request: string } }

async function approve(
  circle: Circle,
  acts: readonly WaitingAct[],
  scope: Scope,
): Promise<Result<Done<Next>>> {
  const held = await hold(circle, scope)
  if (!held.ok) return held
  const { request, account } = held.value
  // Two pairs of eyes: whoever asked does not also decide.
  if (request.askedBy === account) return ownRequest(circle)
  const act = acts.find(({ name }) => name === request.act)
  if (!act || request.input === undefined) return refuse(unknownRequest)
  // Before it is done: the act may end the role in which it is approved.
  await decideRequest(scope.tx, scope.now, request, account, 'approved')
  const performed = await act.perform(scope, request.input)
  if (!performed.ok) return performed
  const { value, acts: made, events } = performed.value
  return done(value, [actOf(circle, request, 'approved'), ...made], events)
}

async function turnDown(
  circle: Circle,
  scope: Scope,
  outcome: 'declined' | 'withdrawn',
): Promise<Result<Done<undefined>>> {
  const held = await hold(circle, scope)
  if (!held.ok) return held
  const { request, account } = held.value
  const isOwn = request.askedBy === account
  if (isOwn !== (outcome === 'withdrawn')) return ownRequest(circle)
  await decideRequest(scope.tx, scope.now, request, account, outcome)
  return done(undefined, [actOf(circle, request, outcome)])
}

function ownRequest({ says }: Circle): Result<never> {
  return refuse({ code: says.refusal, kind: 'forbidden' })
}

/** The request, if it still waits and the person has just proved who they are. */
async function hold(
  circle: Circle,
  scope: Scope,
): Promise<Result<{ readonly request: Request; readonly account: AccountId }>> {
  const { actor } = scope
  const proof = requireProof(scope)
  if (!proof.ok) return proof
  const request = await requestAt(circle, scope, 'hold')
  if (!request || !('account' in actor)) return refuse(unknownRequest)
  if (request.status !== 'waiting') return refuse({ code: 'approvals/request-over', kind: 'conflict' })
  return { ok: true, value: { request, account: actor.account } }
}

function actOf({ name }: Circle, { id, act, state, askedBy }: Request, outcome: string) {
  return {
    verb: name === 'two-person' ? `two-person.${outcome}` : `dual-control.${outcome}`,
    subject: `dual-control:${id}`,
    state,
    content: { act, askedBy },
  }
}
