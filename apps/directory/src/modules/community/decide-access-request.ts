import {
  type Locale,
  ok,
  parseStateCode,
  type Refusal,
  refuse,
  type Result,
  type StateCode,
} from '@parley/kernel'
import {
  actButton,
  errorSummary,
  facts,
  href,
  html,
  type Html,
  line,
  ltr,
  moment,
  notice,
  textField,
  type View,
  writeDuration,
  writeLanguage,
} from '@parley/web'
import { z } from 'zod'
import { invitationLasts, proofNotice, requireProof } from '../accounts/index.ts'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { defineDualAct } from '../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm } from '../../platform/dual-control/dual-control.ts'
import type { Tx } from '../../platform/database/database.ts'
import {
  type AccessRequest,
  decideRequest,
  openSteps,
  type RequestStatus,
  type RequestStep,
} from './access-request.ts'
import { findRequest, type StepTraces, updateRequest } from './access-requests.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { saveMission } from './mission.ts'
import { isParticipating, startParticipation } from './participation.ts'
import {
  accessDeclineRoute,
  accessDecisionRoute,
  accessIssueRoute,
  accessVerifyRoute,
  stateRoute,
} from './routes.ts'

/**
 * Invites the first user of a Mission, in the transaction of `scope`; the acts and events are put among those of
 * the one who asks. Gives back the eight digits that are told by telephone; they stand nowhere else.
 */
export type InviteMission = (
  scope: ActionScope,
  mission: { readonly state: StateCode; readonly email: string; readonly language: Locale },
) => Promise<Result<Done<{ readonly telephoneCode?: string }>>>

const unknownRequest: Refusal = { code: 'community/request-unknown', kind: 'absent' }

/** POC-15: one request, and what may be done with it next. */
export function requestPage(community: Community): DirectoryPage {
  return page({
    route: accessDecisionRoute,
    verb: 'community.request.decide',
    read: async (scope, state) => {
      const { locale, tx, params } = scope
      const about = community.findState(params.state)
      const request = about && (await findRequest(tx, about.code, params.request))
      if (!about || !request) return refuse(unknownRequest)
      const t = text(locale)
      const here = { state: about.code, request: request.id }
      const steps = openSteps(request.status, await isParticipating(tx, about.code))
      const view = formView(scope, state)
      const body = html`<p>
          <a href="${href(locale, stateRoute, { state: about.code })}">${about.names[locale]}</a>
        </p>
        <h1>${t('request.title')}</h1>
        ${proofNotice(scope)} ${errorSummary(view)} ${requestFacts(locale, request)}
        ${
          steps.includes('verify')
            ? html`<h2>${t('request.verify-title')}</h2>
                <p>${t('request.verify-lede')}</p>
                ${actButton(href(locale, accessVerifyRoute, here), t('request.verify'), 'main')}`
            : ''
        }
        ${
          steps.includes('issue')
            ? html`<h2>${t('request.issue-title')}</h2>
                <p>${t('request.issue-lede')}</p>
                ${actButton(href(locale, accessIssueRoute, here), t('request.issue'), 'main')}`
            : ''
        }
        ${
          steps.includes('decline')
            ? html`<h2>${t('request.decline-title')}</h2>
                <form method="post" action="${href(locale, accessDeclineRoute, here)}">
                  ${textField(view, {
                    name: 'reason',
                    label: t('request.reason'),
                    help: t('request.reason-help'),
                    required: true,
                  })}
                  <button class="button stop">${t('request.decline')}</button>
                </form>`
            : ''
        }`
      return ok({ title: t('request.title'), body, width: 'narrow' })
    },
  })
}

function requestFacts(locale: Locale, request: AccessRequest): Html {
  const t = text(locale)
  const day = (at: Date | undefined) => at && moment(locale, at, 'date')
  return facts([
    [t('request.status'), t(`request.status.${request.status}`)],
    [t('request.reference'), html`<bdi>${request.reference}</bdi>`],
    [t('request.received-on'), day(request.receivedAt)],
    [t('contact.mission-email'), ltr(request.missionEmail)],
    [t('contact.mission-telephone'), ltr(request.missionTelephone)],
    [t('contact.language'), writeLanguage(locale, request.language)],
    [t('request.verified-on'), day(request.verifiedAt)],
    [t('request.decided-on'), day(request.decidedAt)],
    [t('request.reason'), request.reason && html`<bdi>${request.reason}</bdi>`],
  ])
}

export function verifyRequestForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: accessVerifyRoute,
    verb: 'community.request.decide',
    on,
    fields: z.object({}),
    act: async (scope) => {
      const { now } = scope
      const decided = await takeStep(scope, community, 'verify', { verified_at: now })
      if (!decided.ok) return decided
      return done(decided.value, [{ verb: 'access.verified', ...about(decided.value) }])
    },
    next: ({ locale }, { state, id }) => href(locale, accessDecisionRoute, { state, request: id }),
  })
}

export function declineRequestForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: accessDeclineRoute,
    verb: 'community.request.decide',
    on,
    fields: z.object({ reason: line(500) }),
    act: async (scope, { reason }) => {
      const { now } = scope
      const decided = await takeStep(scope, community, 'decline', { decided_at: now, reason })
      if (!decided.ok) return decided
      return done(decided.value, [{ verb: 'access.declined', ...about(decided.value), content: { reason } }])
    },
    next: ({ locale }, { state, id }) => href(locale, accessDecisionRoute, { state, request: id }),
  })
}

const issueSchema = z.object({ state: z.string(), request: z.string() })

/** Gives access (A/78/265, Annex A, 6) and invites the Mission; the code for the telephone is shown this once. */
export function issueRequestAct(community: Community, inviteMission: InviteMission) {
  return defineDualAct({
    name: 'community.access-issued',
    title: ({ locale }) => text(locale)('request.issue-title'),
    input: issueSchema,
    stateOf: ({ state }) => parseStateCode(state),
    check: async ({ tx }, here) => decideStep(tx, community, here, 'issue'),
    describe: async ({ locale, tx }, here) => {
      const state = community.findState(here.state)
      const request = state && (await findRequest(tx, state.code, here.request))
      return html`<p>${state?.names[locale]}</p>
        ${request && requestFacts(locale, request)}`
    },
    act: async (scope, here) => {
      const { tx, now } = scope
      const decided = await takeStep({ tx, params: here }, community, 'issue', { decided_at: now })
      if (!decided.ok) return decided
      const { state, missionEmail: email, missionTelephone: telephone, language } = decided.value
      await startParticipation(tx, state, now)
      await saveMission(tx, state, { email, telephone, language })
      const invited = await inviteMission(scope, { state, email, language })
      if (!invited.ok) return invited
      const { value, acts, events } = invited.value
      return done(
        { request: decided.value, code: value.telephoneCode ?? '' },
        [{ verb: 'access.issued', ...about(decided.value) }, ...acts],
        events,
      )
    },
    next: ({ locale }, _, { request, code }) => codeView(locale, request, code),
  })
}

export function issueRequestForm(
  dual: DualControl,
  act: ReturnType<typeof issueRequestAct>,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(dual, act, {
    route: accessIssueRoute,
    verb: 'community.request.decide',
    on,
    fields: z.object({}),
    input: async (scope) => {
      const proof = requireProof(scope)
      return proof.ok ? ok(issueSchema.parse(scope.params)) : proof
    },
  })
}

function codeView(locale: Locale, request: AccessRequest, code: string): View {
  const t = text(locale)
  const body = html`<h1>${t('issued.title')}</h1>
    ${notice(t('issued.once'), 'warn')}
    <p class="code">${ltr(groupsOfFour(code))}</p>
    <p>${t.html('issued.tell', { telephone: ltr(request.missionTelephone) })}</p>
    <p>
      ${t.html('issued.invited', { email: ltr(request.missionEmail), lasts: writeDuration(locale, invitationLasts) })}
    </p>
    <p><a href="${href(locale, stateRoute, { state: request.state })}">${t('issued.back')}</a></p>`
  return { title: t('issued.title'), body, width: 'narrow' }
}

/** A no-break space keeps both halves in order and on one line. */
function groupsOfFour(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1\u00a0')
}

interface StepScope extends Pick<ActionScope, 'tx'> {
  readonly params: { readonly state: string; readonly request: string }
}

/** Decides, and writes the decision; the request as it was before. */
async function takeStep(
  { tx, params }: StepScope,
  community: Community,
  step: RequestStep,
  traces: StepTraces,
): Promise<Result<AccessRequest>> {
  const decided = await decideStep(tx, community, params, step)
  if (!decided.ok) return decided
  const { request, status } = decided.value
  const written = await updateRequest(tx, request, status, traces)
  return written ? ok(request) : refuse({ code: 'community/request-decided', kind: 'conflict' })
}

async function decideStep(
  tx: Tx,
  community: Community,
  here: StepScope['params'],
  step: RequestStep,
): Promise<Result<{ readonly request: AccessRequest; readonly status: RequestStatus }>> {
  const state = community.findState(here.state)
  const request = state && (await findRequest(tx, state.code, here.request))
  if (!request) return refuse(unknownRequest)
  const next = decideRequest(request.status, step, await isParticipating(tx, request.state))
  return next.ok ? ok({ request, status: next.value }) : next
}

function about({ id, state }: AccessRequest) {
  return { subject: `access-request:${id}`, state }
}
