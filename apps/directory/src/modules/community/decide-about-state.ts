import { ok, parseStateCode, refuse, type Refusal, type Result, type StateCode } from '@parley/kernel'
import { errorSummary, facts, href, html, line, textField } from '@parley/web'
import { z } from 'zod'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { defineDualAct, type DualAct } from '../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm } from '../../platform/dual-control/dual-control.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { endUsersOfState, proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from './community.ts'
import { findFrozen, freeze, insertDecision, unfreeze } from './decisions.ts'
import { DecisionTaken, StateLeft } from './events.ts'
import { text } from './locales/index.ts'
import { findMission } from './mission.ts'
import { endParticipation, isParticipating } from './participation.ts'
import { endAccessRoute, freezeRoute, stateRoute, unfreezeRoute } from './routes.ts'
import { unknownState } from './show-state.page.ts'

type What = 'access-ended' | 'frozen' | 'unfrozen'

const inputSchema = z.object({ state: z.string(), reason: z.string() })
type Input = z.output<typeof inputSchema>

const routes = { 'access-ended': endAccessRoute, frozen: freezeRoute, unfrozen: unfreezeRoute } as const

/**
 * What the manager may decide about a State, each with a reason and under dual control: to end its access against its
 * will, to freeze its entries where two authorities claim it, and to lift that.
 */
export function decisionsAboutState(community: Community, dual: DualControl) {
  const all = (['access-ended', 'frozen', 'unfrozen'] as const).map((what) => {
    const act = decisionAct(community, what)
    const on = decisionPage(community, what)
    return { act, page: on, form: decisionForm(community, dual, what, act, on) }
  })
  return {
    acts: all.map(({ act }) => act),
    pages: all.map((each) => each.page),
    forms: all.map((each) => each.form),
  }
}

function decisionPage(community: Community, what: What): DirectoryPage {
  return page({
    route: routes[what],
    verb: 'community.state.decide',
    read: async (scope, state) => {
      const { locale, params } = scope
      const about = community.findState(params.state)
      if (!about) return refuse(unknownState)
      const t = text(locale)
      const view = formView(scope, state)
      const body = html`<p>
          <a href="${href(locale, stateRoute, { state: about.code })}">${about.names[locale]}</a>
        </p>
        <h1>${t(`decide.${what}.title`)}</h1>
        <p class="lede">${t(`decide.${what}.lede`)}</p>
        ${proofNotice(scope)} ${errorSummary(view)}
        <form method="post">
          ${textField(view, {
            name: 'reason',
            label: t('decide.reason'),
            help: t('decide.reason-help'),
            required: true,
          })}
          <button class="button stop">${t(`decide.${what}.act`)}</button>
        </form>`
      return ok({ title: t(`decide.${what}.title`), body, width: 'narrow' })
    },
  })
}

function decisionForm(
  community: Community,
  dual: DualControl,
  what: What,
  act: DualAct<Input>,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(dual, act, {
    route: routes[what],
    verb: 'community.state.decide',
    on,
    fields: z.object({ reason: line(500) }),
    input: async (scope, { reason }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const about = community.findState(z.object({ state: z.string() }).parse(scope.params).state)
      return about ? ok({ state: about.code, reason }) : refuse(unknownState)
    },
  })
}

function decisionAct(community: Community, what: What): DualAct<Input> {
  return defineDualAct({
    name: `community.${what}`,
    title: ({ locale }) => text(locale)(`decide.${what}.title`),
    input: inputSchema,
    stateOf: ({ state }) => parseStateCode(state),
    check: ({ tx }, { state }) => isOpen(tx, parseStateCode(state), what),
    describe: async ({ locale }, { state, reason }) => {
      const t = text(locale)
      return html`<p>${t(`decide.${what}.lede`)}</p>
        ${facts([
          [t('states.state'), community.findState(state)?.names[locale] ?? state],
          [t('decide.reason'), html`<bdi>${reason}</bdi>`],
        ])}`
    },
    act: async (scope, { state: code, reason }) => {
      const state = parseStateCode(code)
      const open = await isOpen(scope.tx, state, what)
      return state && open.ok ? decide(scope, state, what, reason) : open.ok ? refuse(unknownState) : open
    },
    next: ({ locale }, { state }) => href(locale, stateRoute, { state }),
  })
}

async function decide(
  { tx, now }: ActionScope,
  state: StateCode,
  what: What,
  reason: string,
): Promise<Result<Done<undefined>>> {
  const mission = await findMission(tx, state)
  const addresses = mission ? [mission.email] : []
  if (what === 'access-ended') {
    await endParticipation(tx, state)
    await endUsersOfState(tx, now, state)
  } else if (what === 'frozen') await freeze(tx, state, now)
  else await unfreeze(tx, state)
  const decision = await insertDecision(tx, now, { state, what, reason, addresses })
  return done(
    undefined,
    [{ verb: `state.${what}`, subject: `state:${state}`, state, content: { reason } }],
    [DecisionTaken({ decision }), ...(what === 'access-ended' ? [StateLeft({ state })] : [])],
  )
}

const refusals: Readonly<Record<What, Refusal>> = {
  'access-ended': { code: 'community/does-not-participate', kind: 'conflict' },
  frozen: { code: 'community/frozen-already', kind: 'conflict' },
  unfrozen: { code: 'community/not-frozen', kind: 'conflict' },
}

/** Whether there is anything to decide. */
async function isOpen(
  tx: ActionScope['tx'],
  state: StateCode | undefined,
  what: What,
): Promise<Result<undefined>> {
  if (!state) return refuse(unknownState)
  const open =
    what === 'access-ended'
      ? await isParticipating(tx, state)
      : ((await findFrozen(tx, state)) === undefined) === (what === 'frozen')
  return open ? ok(undefined) : refuse(refusals[what])
}
